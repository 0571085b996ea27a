import { flushBuffer, newTracker, trackSelfDescribingEvent } from '@snowplow/browser-tracker'

export function create(url) {
  newTracker('peers', new URL(url).origin, { appId: 'peers' })
  return {
    track: (name, data) =>
      trackSelfDescribingEvent({ event: { schema: `iglu:com.example/${name}/jsonschema/1-0-0`, data } }),
    flush: () => flushBuffer(),
  }
}
