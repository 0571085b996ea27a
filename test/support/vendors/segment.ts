import { AnalyticsBrowser } from '@segment/analytics-next'

const server = { apiHost: `${location.host}/segment/v1`, protocol: 'http' } as const
const analytics = AnalyticsBrowser.load(
  {
    writeKey: 'test',
    cdnURL: `${location.origin}/segment-cdn`,
    cdnSettings: { integrations: { 'Segment.io': { apiKey: 'test', ...server } } } as never,
  },
  { integrations: { 'Segment.io': server } },
)
Object.assign(globalThis, { analytics })

if (new URL(location.href).searchParams.has('watch')) {
  addEventListener('DOMContentLoaded', () => {
    // At each click Segment goes to the first link in there, unless that opens another tab.
    analytics.trackClick(Object.assign(document.body, { target: '_blank' }), 'body_clicked')
  })
}
