import type { ReactElement } from 'react'
import {
  type AnyTracker,
  createTracker,
  definePlan,
  event,
  forPlan,
  MicroconversionProvider,
  PricingLink,
  TrackedForm,
  typed,
  useTrack,
  useTrackedForm,
  VideoProgress,
} from 'react-microconversions'
import type { Equal } from './equal.ts'

const shop = definePlan({
  name: 'shop',
  version: '1',
  events: {
    pricing_clicked: event({ properties: typed<{ tier: 'starter' | 'pro' }>() }),
    item_bought: event({}),
  },
})
export const adminPlan = definePlan({
  name: 'admin',
  version: '1',
  events: {
    user_invited: event({ properties: typed<{ role: 'reader' | 'writer' }>() }),
    report_opened: event({}),
  },
})

declare module 'react-microconversions' {
  interface Register {
    plan: typeof shop
  }
}

export const Admin = forPlan(adminPlan, { PricingLink, TrackedForm, VideoProgress, useTrack, useTrackedForm })
export const Some = forPlan(adminPlan, { useTrack })
export const onlyWhatWasGiven: Equal<keyof typeof Some, 'useTrack'> = true

const shopTracker = createTracker({ plan: shop })
const adminTracker = createTracker({ plan: adminPlan })
/** Any plan's tracker fits where the plan does not matter. */
export const trackers: AnyTracker[] = [shopTracker, adminTracker]

export function Both(): ReactElement {
  const track = Admin.useTrack()
  track('report_opened')
  track('user_invited', { role: 'reader' })
  Admin.useTrackedForm({ name: 'invite', events: { success: 'report_opened' } })
  return (
    <MicroconversionProvider tracker={adminTracker}>
      <Admin.PricingLink event="user_invited" properties={{ role: 'writer' }} href="/" />
      <Admin.TrackedForm name="invite" properties={{ role: 'reader' }} events={{ success: 'user_invited' }} />
      <Admin.VideoProgress name="tour" events={{ complete: 'report_opened' }} />
      <MicroconversionProvider tracker={shopTracker}>
        <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} href="/" />
        <TrackedForm name="buy" events={{ success: 'item_bought' }} />
      </MicroconversionProvider>
    </MicroconversionProvider>
  )
}

export function useWrong(): void {
  const track = Admin.useTrack()
  // @expect TS2345 "'\"item_bought\"'" "\"report_opened\""
  track('item_bought')
  // @expect TS2345 "'\"report_opened\"'" "\"item_bought\""
  useTrack()('report_opened')
}
// @expect TS2820 "Did you mean '\"user_invited\"'"
export const misspelt: ReactElement = <Admin.PricingLink event="user_invitd" href="/" />
// @expect TS2322 "'\"pricing_clicked\"'" "\"user_invited\""
export const otherPlan: ReactElement = <Admin.PricingLink event="pricing_clicked" href="/" />
// @expect TS2322 "{ event: \"user_invited\"; properties: { role: "
export const lacking: ReactElement = <Admin.VideoProgress name="tour" events={{ start: 'user_invited' }} />
// @expect TS2339 "'PricingLink' does not exist"
export const notGiven = Some.PricingLink
// @expect TS2353 "'Provider' does not exist"
export const unknownExport = forPlan(adminPlan, { Provider: MicroconversionProvider })
