import {
  enableActivityTracking,
  newTracker,
  trackPageView,
  trackSelfDescribingEvent,
  trackStructEvent,
} from '@snowplow/browser-tracker'

newTracker('sp', location.origin, { appId: 'test', encodeBase64: false, eventMethod: 'post' })
const methods = { trackSelfDescribingEvent, trackStructEvent } as const
Object.assign(globalThis, {
  snowplow: (method: keyof typeof methods, event: never) => methods[method](event),
})

if (new URL(location.href).searchParams.has('watch')) {
  enableActivityTracking({ minimumVisitLength: 1, heartbeatDelay: 1 })
  trackPageView()
}
