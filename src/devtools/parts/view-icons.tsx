import type { ReactNode } from 'react'
import { Icon, shapes, stroke } from './icons.tsx'
import type { CheckState } from './words.ts'

const checkShapes: Readonly<Record<CheckState, ReactNode>> = {
  passes: <path d="m3.5 8.5 3 3 6-6.5" {...stroke} />,
  fails: <path d="m4 4 8 8m0-8-8 8" {...stroke} />,
  waits: shapes.held,
  unchecked: <path d="M5 8h6" {...stroke} />,
  unknown: <path d="M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.5M8 12.2v.1" {...stroke} />,
}

export function CheckIcon({ state }: { readonly state: CheckState }) {
  return <Icon>{checkShapes[state]}</Icon>
}

/** Progress of a user at a step of a funnel. */
export type StepState = 'reached' | 'next' | 'ahead'

const stepShapes: Readonly<Record<StepState, ReactNode>> = {
  reached: shapes.fired,
  next: (
    <>
      <circle cx="8" cy="8" r="5.75" {...stroke} />
      <circle cx="8" cy="8" r="2.5" fill="currentColor" />
    </>
  ),
  ahead: <circle cx="8" cy="8" r="5.75" {...stroke} />,
}

export function StepIcon({ state }: { readonly state: StepState }) {
  return <Icon>{stepShapes[state]}</Icon>
}

export function Back() {
  return (
    <Icon>
      <path d="M9.5 3.5 5 8l4.5 4.5" {...stroke} />
    </Icon>
  )
}

export function Pin() {
  return (
    <Icon>
      <path d="M5.5 2.5h5l-.7 4 2.2 2.5h-8l2.2-2.5-.7-4ZM8 9v4.5" {...stroke} />
    </Icon>
  )
}

export function Bell() {
  return (
    <Icon>
      <path d="M3.5 11.5h9l-1.3-1.9V7a3.2 3.2 0 0 0-6.4 0v2.6l-1.3 1.9Zm3.3 2h2.4" {...stroke} />
    </Icon>
  )
}

export function Camera() {
  return (
    <Icon>
      <path d="M2.5 5h2.7l1-1.5h3.6l1 1.5h2.7v7.5h-11V5Z" {...stroke} />
      <circle cx="8" cy="8.6" r="2.1" {...stroke} />
    </Icon>
  )
}
