'use client'

import {
  createTracker,
  definePlan,
  event,
  MicroconversionProvider,
  standardEvents,
  typed,
} from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools'

const plan = definePlan({
  name: 'next',
  version: '1',
  events: { ...standardEvents.navigation, link_followed: event({ properties: typed() }) },
})

const tracker = createTracker({
  plan,
  consent: 'granted',
  destinations: [
    {
      name: 'window',
      send: (events) => {
        globalThis.sent = [
          ...(globalThis.sent ?? []),
          ...events.map(({ name, page }) => `${name} ${page.path}`),
        ]
      },
    },
  ],
})

export function Tracking({ children }) {
  return (
    <MicroconversionProvider tracker={tracker}>
      {children}
      <MicroconversionDevtools />
    </MicroconversionProvider>
  )
}

export const flush = () => tracker.flush()
