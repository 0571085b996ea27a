import type { ReactNode } from 'react'
import type { DeliveryState } from '../../engine/delivery/delivery.ts'
import type { Outcome } from '../../engine/record/decision.ts'
import type { Verdict } from './verdict.ts'
import type { PlanState } from './words.ts'

export function Icon({ children, name = 'icon' }: { readonly children: ReactNode; readonly name?: string }) {
  return (
    <svg className={name} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

export const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.5,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const

const triangle = 'M8 2.2 14.2 13H1.8L8 2.2Z'
const trouble = <path d={`${triangle}M8 6.5v3M8 11.2v.1`} {...stroke} />

/** A different shape for each verdict, so that colour is not the only sign. */
export const shapes: Readonly<Record<Verdict, ReactNode>> = {
  fired: (
    <>
      <circle cx="8" cy="8" r="6.5" fill="currentColor" />
      <path d="m5 8.2 2.1 2.1L11 6.2" {...stroke} className="cut" />
    </>
  ),
  undelivered: (
    <>
      <circle cx="8" cy="8" r="6.5" fill="currentColor" />
      <path d="M8 4.6v4M8 11v.1" {...stroke} className="cut" />
    </>
  ),
  held: (
    <>
      <circle cx="8" cy="8" r="5.75" {...stroke} />
      <path d="M6.5 6v4M9.5 6v4" {...stroke} />
    </>
  ),
  mistake: trouble,
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

const deliveryShapes: Readonly<Record<DeliveryState, ReactNode>> = {
  held: shapes.held,
  queued: <circle cx="8" cy="8" r="5.75" {...stroke} />,
  sent: shapes.fired,
  retrying: <path d={triangle} {...stroke} />,
  rejected: <path d="m3.5 3.5 9 9m0-9-9 9" {...stroke} strokeWidth={2.5} />,
  expired: <path d="M2.75 2.75h10.5v10.5H2.75z" {...stroke} />,
  denied: shapes.dropped,
  unknown: shapes.shadowed,
}

export function DeliveryIcon({ state }: { readonly state: DeliveryState }) {
  return <Icon>{deliveryShapes[state]}</Icon>
}

const planShapes: Readonly<Record<PlanState, string>> = {
  planned: 'm3 8.5 3.2 3.2L13 5',
  unplanned: 'M5.5 5.8a2.5 2.5 0 1 1 3.7 2.2c-.8.5-1.2.9-1.2 1.8M8 12.9v.1',
  invalid: 'M8 3v6.5M8 12.9v.1',
  deprecated: 'M3 8h10',
  retired: 'M3 6h10M3 10h10',
}

export function PlanIcon({ state }: { readonly state: PlanState }) {
  return (
    <Icon>
      <path d={planShapes[state]} {...stroke} />
    </Icon>
  )
}

export function Star() {
  return (
    <Icon>
      <path
        d="m8 1.8 1.9 3.9 4.3.6-3.1 3 .7 4.3L8 11.6l-3.8 2 .7-4.3-3.1-3 4.3-.6L8 1.8Z"
        {...stroke}
        fill="currentColor"
      />
    </Icon>
  )
}

/** Logo of the overlay: small steps towards one goal. */
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

export function Sliders() {
  return (
    <Icon>
      <path d="M2 4.5h5m4 0h3M2 11.5h3m4 0h5" {...stroke} />
      <circle cx="9" cy="4.5" r="2" {...stroke} />
      <circle cx="7" cy="11.5" r="2" {...stroke} />
    </Icon>
  )
}

export function NewWindow() {
  return (
    <Icon>
      <path
        d="M6.5 3H4a1.5 1.5 0 0 0-1.5 1.5V12A1.5 1.5 0 0 0 4 13.5h7.5A1.5 1.5 0 0 0 13 12V9.5M9.5 2.5h4v4m0-4-6 6"
        {...stroke}
      />
    </Icon>
  )
}

export function TroubleIcon() {
  return <Icon>{trouble}</Icon>
}

export function VerdictIcon({ verdict }: { readonly verdict: Verdict }) {
  return <Icon name="icon verdict-icon">{shapes[verdict]}</Icon>
}

export function Commands() {
  return (
    <Icon>
      <circle cx="7" cy="7" r="4.25" {...stroke} />
      <path d="m10.2 10.2 3.3 3.3" {...stroke} />
    </Icon>
  )
}

const frame = 'M3.5 2.75h9a1 1 0 0 1 1 1v8.5a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-8.5a1 1 0 0 1 1-1Z'

export function DockBottom() {
  return (
    <Icon>
      <path d={`${frame}M2.5 9.5h11`} {...stroke} />
    </Icon>
  )
}

export function DockRight() {
  return (
    <Icon>
      <path d={`${frame}M9.5 2.75v10.5`} {...stroke} />
    </Icon>
  )
}

export function Funnel() {
  return (
    <Icon>
      <path d="M2.5 3.5h11l-4.2 5v4l-2.6-1.2V8.5l-4.2-5Z" {...stroke} />
    </Icon>
  )
}

export function Columns() {
  return (
    <Icon>
      <path d="M2.5 3.5h11v9h-11v-9Zm3.7 0v9m3.6-9v9" {...stroke} />
    </Icon>
  )
}

export function Pause() {
  return (
    <Icon>
      <path d="M5.5 3.5v9m5-9v9" {...stroke} />
    </Icon>
  )
}

export function Play() {
  return (
    <Icon>
      <path d="m5 3.5 7 4.5-7 4.5v-9Z" {...stroke} />
    </Icon>
  )
}

export function Bin() {
  return (
    <Icon>
      <path d="M3 4.5h10m-6.5-2h3m-5.3 2 .6 9h6.4l.6-9" {...stroke} />
    </Icon>
  )
}
