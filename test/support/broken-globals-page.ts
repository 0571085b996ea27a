import { createTracker, definePlan, event } from 'react-microconversions/core'
import { http, memory } from 'react-microconversions/destinations'

/** From the first script of the frame. */
declare const tellUsed: (used: Used) => void

/** A tracker in a frame, one of whose globals a script before it has broken. */
const plan = definePlan({
  // Frames of one page share their storage.
  name: `broken-${frameElement?.id}`,
  version: '1',
  events: {
    step_taken: event({}),
    demo_booked: event({ frequency: 'once-per-user' }),
    page_view: event({ properties: undefined }),
  },
})

async function exercise() {
  const destination = memory()
  const tracker = createTracker({
    plan,
    destinations: [destination, http({ url: '/collect' })],
    consent: 'pending',
    hold: 'tab',
  })
  const held = tracker.track('step_taken').outcome
  tracker.page({ path: '/pricing' })
  tracker.consent.update('granted')
  const fired = tracker.track('demo_booked').outcome
  tracker.identify('u-1', { hash: 'sha-256' })
  await tracker.flush()
  const again = tracker.track('demo_booked').outcome
  tracker.reset()
  await tracker.flush()
  const names = destination.events.map(({ name }) => name)
  tracker.consent.update('denied')
  const denied = tracker.track('step_taken').outcome
  tracker.dispose()
  return { outcomes: [held, fired, again, denied], names }
}

export type Used = Awaited<ReturnType<typeof exercise>> | string

exercise().then(tellUsed, (error) => tellUsed(String(error.stack)))
