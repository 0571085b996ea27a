import type { ReactNode } from 'react'
import type { Decision, Outcome } from '../../engine/types.ts'
import { type CheckState, toneOf } from './words.ts'

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.5,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const

/** Each outcome has a shape of its own: colour is never the only sign. */
const shapes: Readonly<Record<Outcome, ReactNode>> = {
  fired: (
    <>
      <circle cx="8" cy="8" r="6.5" fill="currentColor" />
      <path d="m5 8.2 2.1 2.1L11 6.2" {...stroke} className="cut" />
    </>
  ),
  held: (
    <>
      <circle cx="8" cy="8" r="5.75" {...stroke} />
      <path d="M6.5 6v4M9.5 6v4" {...stroke} />
    </>
  ),
  dropped: (
    <>
      <circle cx="8" cy="8" r="5.75" {...stroke} />
      <path d="m4.2 11.8 7.6-7.6" {...stroke} />
    </>
  ),
  shadowed: <circle cx="8" cy="8" r="5.75" {...stroke} strokeDasharray="2.2 2.3" />,
}

export function OutcomeIcon({ outcome }: { readonly outcome: Outcome }) {
  return <Icon>{shapes[outcome]}</Icon>
}

const checkShapes: Readonly<Record<CheckState, ReactNode>> = {
  passes: <path d="m3.5 8.5 3 3 6-6.5" {...stroke} />,
  fails: <path d="m4 4 8 8m0-8-8 8" {...stroke} />,
  waits: shapes.held,
  unknown: <path d="M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.5M8 12.2v.1" {...stroke} />,
}

export function CheckIcon({ state }: { readonly state: CheckState }) {
  return <Icon>{checkShapes[state]}</Icon>
}

/** Small steps towards one goal. */
export function Mark() {
  return (
    <Icon>
      <circle cx="2.8" cy="12.6" r="1.3" fill="currentColor" />
      <circle cx="6.6" cy="10" r="1.8" fill="currentColor" />
      <circle cx="11.4" cy="5" r="3.6" fill="currentColor" />
    </Icon>
  )
}

export function Cross() {
  return (
    <Icon>
      <path d="m4 4 8 8m0-8-8 8" {...stroke} />
    </Icon>
  )
}

export function Back() {
  return (
    <Icon>
      <path d="M9.5 3.5 5 8l4.5 4.5" {...stroke} />
    </Icon>
  )
}

export function TroubleIcon() {
  return (
    <Icon>
      <path d="M8 2.2 14.2 13H1.8L8 2.2ZM8 6.5v3M8 11.2v.1" {...stroke} />
    </Icon>
  )
}

/** The outcome, or that somebody should mend something. */
export function VerdictIcon({ decision }: { readonly decision: Decision }) {
  if (toneOf(decision) !== 'problem') return <OutcomeIcon outcome={decision.outcome} />
  return <TroubleIcon />
}
