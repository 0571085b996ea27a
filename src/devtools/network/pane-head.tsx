import type { ReactNode } from 'react'
import { Cross } from '../parts/icons.tsx'
import { Back } from '../parts/view-icons.tsx'

interface PaneHeadProps {
  readonly id: string
  readonly title: string
  /** Label of the back button. */
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
