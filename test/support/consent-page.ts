import { type ConsentState, createTracker, definePlan, event, typed } from 'react-microconversions/core'
import { http } from 'react-microconversions/destinations'

/** The page whose storage and requests a test watches: two collectors, of which one needs `marketing`. */
const plan = definePlan({
  name: 'watched',
  version: '1',
  events: {
    step_taken: event({ properties: typed<{ number: number }>() }),
    demo_booked: event({ frequency: 'once-per-user' }),
  },
})

const batch = { maxAge: '20ms' } as const
const tracker = createTracker({
  plan,
  consent: (new URL(location.href).searchParams.get('consent') ?? 'pending') as ConsentState,
  destinations: [
    http({ url: '/collect', batch }),
    http({ name: 'ads', url: '/collect?ads', consent: 'marketing', batch }),
  ],
})

const watched = {
  tracker,
  restored: false,
  step: (number: number) => tracker.track('step_taken', { number }),
  book: () => tracker.track('demo_booked'),
}
export type ConsentPage = typeof watched

addEventListener('pageshow', ({ persisted }) => {
  watched.restored = persisted
})
Object.assign(globalThis, { watched })
