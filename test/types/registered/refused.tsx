import { createTracker, PricingLink, useTrack } from 'react-microconversions'
import type { ReactElement } from 'react'
import { plan } from './plan.ts'

const tracker = createTracker({ plan })

export function calls(either: boolean): void {
  const track = useTrack()
  track('pricing_clickd')
  track('pricing_clickd', { tier: 'pro' })
  track('pricing_clicked')
  track('pricing_clicked', { tier: 'gold' })
  track('pricing_clicked', { teir: 'pro' })
  track('pricing_clicked', { tier: 'pro', more: 1 })
  track('demo_booked', { tier: 'pro' })
  track('product_viewed', { sku: 'a', tags: [], price: 12 })
  track('chat_opened', { by: 'timer', field: 'email' })
  track(either ? 'demo_booked' : 'pricing_clicked')
  tracker.track('pricing_clickd')
  tracker.track('pricing_clicked')
}

export const wrongName: ReactElement = <PricingLink event="pricing_clickd" href="/" />
export const wrongNameWith: ReactElement = <PricingLink event="pricing_clickd" properties={{ tier: 'pro' }} />
export const missing: ReactElement = <PricingLink event="pricing_clicked" href="/" />
export const wrongValue: ReactElement = <PricingLink event="pricing_clicked" properties={{ tier: 'gold' }} />
export const wrongKey: ReactElement = <PricingLink event="pricing_clicked" properties={{ teir: 'pro' }} />
export const forbidden: ReactElement = <PricingLink event="demo_booked" properties={{ tier: 'pro' }} />
export const forbiddenEmpty: ReactElement = <PricingLink event="demo_booked" properties={{}} />
export const output: ReactElement = <PricingLink event="product_viewed" properties={{ sku: 'a', tags: [], price: 12 }} />
export const nameless: ReactElement = <PricingLink href="/" />
export const propertyless: ReactElement = <PricingLink event="pricing_clicked" property={{ tier: 'pro' }} />
