import type { ReactNode } from 'react'
import { Back, Cross } from '../parts/icons.tsx'

interface PaneHeadProps {
  readonly id: string
  readonly title: string
  /** What the button does. */
  readonly back: string
  readonly onBack: () => void
  readonly children?: ReactNode | undefined
}

export function PaneHead({ id, title, back, onBack, children }: PaneHeadProps) {
  return (
    <header className="detail-head">
      <button type="button" className="plain square back" onClick={onBack}>
        <Back />
        <Cross />
        <span className="unseen">{back}</span>
      </button>
      <h3 id={id} className="name">
        {title}
      </h3>
      {children}
    </header>
  )
}
