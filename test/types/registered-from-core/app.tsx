import type { ReactElement } from 'react'
import { type EventName, PricingLink, useTrack } from 'react-microconversions'
import type { EventName as EventNameOfCore } from 'react-microconversions/core'
import type { Equal } from '../equal.ts'

export const names: [Equal<EventName, 'pricing_clicked' | 'demo_booked'>, Equal<EventName, EventNameOfCore>] =
  [true, true]

export function App(): ReactElement {
  useTrack()('pricing_clicked', { tier: 'pro' })
  return <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} href="/" />
}

// @expect TS2820 "Did you mean '\"demo_booked\"'"
export const misspelt: ReactElement = <PricingLink event="demo_bookd" href="/" />
