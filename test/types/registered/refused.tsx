import type { ReactElement } from 'react'
import { createTracker, journey, PricingLink, useTrack } from 'react-microconversions'
import { plan } from './plan.ts'

const tracker = createTracker({ plan })
// @expect TS2322|TS2740|TS2741 "'() => TrackerPlugin'"
createTracker({ plan, plugins: [journey] })
// @expect TS2322|TS2741 "'\"jurney\"' is not assignable"
createTracker({ plan, plugins: [{ ...journey(), name: 'jurney' }] })
// @expect TS2353|TS2561 "'journey' does not exist"
createTracker({ plan, journey })

export function useWrong(either: boolean): void {
  const track = useTrack()
  // A wrong name is what the error speaks of, with or without properties.
  // @expect TS2345 "'\"pricing_clickd\"' is not assignable" "\"demo_booked\""
  track('pricing_clickd')
  // @expect TS2345 "'\"pricing_clickd\"' is not assignable" "\"demo_booked\""
  track('pricing_clickd', { tier: 'pro' })
  // @expect TS2345 "'\"pricing_clickd\"' is not assignable" "\"demo_booked\""
  tracker.track('pricing_clickd')

  // @expect TS2554 "Expected 2-3 arguments, but got 1"
  track('pricing_clicked')
  // @expect TS2554 "Expected 2-3 arguments, but got 1"
  tracker.track('pricing_clicked')
  // @expect TS2322 "'\"gold\"' is not assignable" "\"starter\""
  track('pricing_clicked', { tier: 'gold' })
  // @expect TS2353 "'teir' does not exist in type '{ tier:"
  track('pricing_clicked', { teir: 'pro' })
  // @expect TS2353 "'more' does not exist in type '{ tier:"
  track('pricing_clicked', { tier: 'pro', more: 1 })
  // @expect TS2345 "not assignable to parameter of type 'undefined'"
  track('demo_booked', { tier: 'pro' })
  // @expect TS2353 "'field' does not exist in type '{ by: \"timer\"; seconds: number; }'"
  track('chat_opened', { by: 'timer', field: 'email' })
  // The input of the schema, not its output.
  // @expect TS2322 "'number' is not assignable to type 'string'"
  track('product_viewed', { sku: 'a', tags: [], price: 12 })
  // One of the two needs properties.
  // @expect TS2554 "Expected 2-3 arguments, but got 1"
  track(either ? 'demo_booked' : 'pricing_clicked')
}

export const links: ReactElement = (
  <>
    {/* @expect TS2820 "Did you mean '\"pricing_clicked\"'" "\"demo_booked\"" */}
    <PricingLink event="pricing_clickd" href="/" />
    {/* @expect TS2820 "Did you mean '\"pricing_clicked\"'" "\"demo_booked\"" */}
    <PricingLink event="pricing_clickd" properties={{ tier: 'pro' }} />
    {/* @expect TS2741 "'event' is missing in type" "\"demo_booked\"" */}
    <PricingLink href="/" />
    {/* @expect TS2741 "'properties' is missing in type '{ event: \"pricing_clicked\"; href: string; }' but required in type '{ properties: { tier:" */}
    <PricingLink event="pricing_clicked" href="/" />
    {/* @expect TS2322 "'\"gold\"' is not assignable" "\"starter\"" */}
    <PricingLink event="pricing_clicked" properties={{ tier: 'gold' }} />
    {/* @expect TS2353 "'teir' does not exist in type '{ tier:" */}
    <PricingLink event="pricing_clicked" properties={{ teir: 'pro' }} />
    {/* @expect TS2322 "'{ tier: string; }' is not assignable to type 'undefined'" */}
    <PricingLink event="demo_booked" properties={{ tier: 'pro' }} />
    {/* @expect TS2322 "'number' is not assignable to type 'string'" */}
    <PricingLink event="product_viewed" properties={{ sku: 'a', tags: [], price: 1 }} />
    {/* @expect TS2322 "'property' does not exist on type" */}
    <PricingLink event="demo_booked" property="a" />
  </>
)
