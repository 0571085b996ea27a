import { createTracker, definePlan, PermanentError, standardEvents } from 'react-microconversions'
import { console, type Destination } from 'react-microconversions/destinations'

const plan = definePlan({ name: 'acme', version: '1', events: { ...standardEvents.navigation } })

/** A throw is tried again later, unless it is a `PermanentError`. */
const collect: Destination = {
  name: 'collect',
  consent: 'marketing',
  async send(events) {
    const answer = await fetch('/collect', { method: 'POST', body: JSON.stringify(events), keepalive: true })
    if (answer.status === 400) throw new PermanentError('refused')
    if (!answer.ok) throw new Error(`status ${answer.status}`)
  },
}

export const tracker = createTracker({
  plan,
  destinations: [console(), collect],
  // What your banner remembers of an earlier visit. Left out: pending, for each category.
  consent: { analytics: 'granted', marketing: 'pending' },
})
