import type { ReactElement } from 'react'
import {
  createTracker,
  definePlan,
  type EventName,
  event,
  MicroconversionProvider,
  PricingLink,
  TrackedForm,
  type TrackedFormProps,
  typed,
  useTrack,
  useTrackedForm,
  useTracker,
  VideoProgress,
} from 'react-microconversions'
import type { Equal } from './equal.ts'

export const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    pricing_clicked: event({ properties: typed<{ tier: 'starter' | 'pro' }>() }),
    demo_booked: event({}),
  },
})
export const tracker = createTracker({ plan })

/** Without a registered plan any name goes, with any properties. */
export const anyName: Equal<EventName, string> = true

export function Loose({ name }: { name: string }): ReactElement {
  const track = useTrack()
  track('whatever')
  track('whatever', { a: 1, b: ['c'], d: { e: null }, f: undefined })
  track(name, { a: 1 })
  useTracker().track(name, { a: 1 })
  useTrackedForm({ name: 'own', events: { success: name } })
  return (
    <MicroconversionProvider tracker={tracker}>
      <PricingLink event="whatever" href="/" />
      <PricingLink event={name} properties={{ a: 1 }} />
      <TrackedForm name="demo" properties={{ a: 1 }} events={{ start: 'whatever', success: name }} />
      <TrackedForm name="demo" events={{ start: { event: 'whatever', properties: { a: 1 } } }} />
      <VideoProgress name="tour" events={{ complete: 'whatever' }} />
    </MicroconversionProvider>
  )
}

/** What knows its plan stays typed. */
export function useTyped(): void {
  const track = useTrack<typeof plan>()
  track('pricing_clicked', { tier: 'pro' })
  tracker.track('demo_booked')
  useTracker<typeof plan>().track('pricing_clicked', { tier: 'pro' })
  // @expect TS2345 "'\"pricing_clickd\"'" "\"pricing_clicked\""
  track('pricing_clickd')
  // @expect TS2345 "'\"pricing_clickd\"'" "\"pricing_clicked\""
  useTracker<typeof plan>().track('pricing_clickd')
  // @expect TS2322 "'\"gold\"'" "\"starter\""
  tracker.track('pricing_clicked', { tier: 'gold' })
}

// @expect TS2322 "Type '() => void' is not assignable"
export const noValue: ReactElement = <PricingLink event="whatever" properties={{ a: () => {} }} />
// @expect TS2322|TS2561|TS2769 "'succes' does not exist" "Did you mean to write 'success'"
export const unknownFact: ReactElement = <TrackedForm name="demo" events={{ succes: 'whatever' }} />

function Form(props: TrackedFormProps): ReactElement {
  return <TrackedForm {...props} className="form" />
}
export const wrapped: ReactElement = (
  <Form
    name="demo"
    events={{ success: 'anything', start: { event: 'else_happened', properties: { place: 'hero' } } }}
  />
)
