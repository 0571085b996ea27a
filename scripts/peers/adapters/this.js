import { createTracker, definePlan, event, typed } from 'react-microconversions/core'
import { http } from 'react-microconversions/destinations'

const plan = definePlan({
  name: 'peers',
  version: '1',
  events: {
    plan_viewed: event({ properties: typed() }),
    pricing_clicked: event({ frequency: 'once-per-session', properties: typed() }),
  },
})

export function create(url) {
  const tracker = createTracker({ plan, destinations: [http({ url })], consent: 'granted' })
  return {
    ready: tracker.flush(),
    track: tracker.track,
    once: (_, properties) => tracker.track('pricing_clicked', properties),
    flush: tracker.flush,
  }
}
