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
  useFunnel,
  useIntent,
  useOccurred,
  useTrack,
  useTrackedForm,
  useTracker,
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
  funnels: { buy: { steps: ['pricing_clicked', 'item_bought'], within: '1d' } },
})
export const adminPlan = definePlan({
  name: 'admin',
  version: '1',
  events: {
    user_invited: event({ properties: typed<{ role: 'reader' | 'writer' }>() }),
    report_opened: event({}),
    second_report: event({ after: { event: 'report_opened', times: 2, within: '7d' } }),
  },
  funnels: { invitation: ['report_opened', 'user_invited'] },
})

declare module 'react-microconversions' {
  interface Register {
    plan: typeof shop
  }
}

export const Admin = forPlan(adminPlan, {
  PricingLink,
  TrackedForm,
  VideoProgress,
  useFunnel,
  useOccurred,
  useTrack,
  useTrackedForm,
  useTracker,
})
export const Some = forPlan(adminPlan, { useTrack })
export const onlyWhatWasGiven: Equal<keyof typeof Some, 'useTrack'> = true

const shopTracker = createTracker({ plan: shop })
const adminTracker = createTracker({ plan: adminPlan })
/** Any plan's tracker fits where the plan does not matter. */
export const trackers: AnyTracker[] = [shopTracker, adminTracker]

export function Both(): ReactElement {
  const track = Admin.useTrack()
  track('report_opened')
  Admin.useTracker().track('user_invited', { role: 'writer' })
  useTracker().track('item_bought')
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

export function useJourney(): void {
  const { next, steps, outOfOrder } = useFunnel('buy')
  const names: Equal<typeof next, 'pricing_clicked' | 'item_bought' | undefined> = true
  const reached: Date[] = steps.map(({ time = 0 }) => new Date(time))
  const early: readonly ('pricing_clicked' | 'item_bought')[] = outOfOrder
  const invited = Admin.useFunnel('invitation').next === 'user_invited'
  const level: 'none' | 'low' | 'medium' | 'high' = useIntent().level
  const occurred: boolean[] = [
    useOccurred({ event: 'item_bought', within: '3d' }),
    useOccurred({ event: 'item_bought', within: 'session', times: 2 }),
    Admin.useOccurred({ event: 'second_report' }),
  ]
  void [names, reached, early, invited, level, occurred]
  // @expect TS2345 "'\"bye\"'" "\"buy\""
  useFunnel('bye')
  // @expect TS2345 "'\"buy\"'" "\"invitation\""
  Admin.useFunnel('buy')
  // @expect TS2820 "Did you mean '\"item_bought\"'"
  useOccurred({ event: 'item_bougth' })
  // @expect TS2322
  useOccurred({ event: 'item_bought', within: '3 days' })
}

export function useWrong(): void {
  const track = Admin.useTrack()
  // @expect TS2345 "'\"item_bought\"'" "\"report_opened\""
  track('item_bought')
  // @expect TS2345 "'\"report_opened\"'" "\"item_bought\""
  useTrack()('report_opened')
  // @expect TS2345 "'\"item_bought\"'" "\"report_opened\""
  Admin.useTracker().track('item_bought')
  // @expect TS2345 "'\"report_opened\"'" "\"item_bought\""
  useTracker().track('report_opened')
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
