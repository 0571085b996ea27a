/// <reference types="facebook-pixel" />
/// <reference types="gtag.js" />
import type { Analytics, AnalyticsBrowser, AnalyticsSnippet } from '@segment/analytics-next'
import type * as browserTracker from '@snowplow/browser-tracker'
import type { PostHog } from 'posthog-js'
import { expectTypeOf, test } from 'vitest'
import type { Gtag as OurGtag } from '../../../src/destinations/ga4.ts'
import type { Fbq } from '../../../src/destinations/meta.ts'
import type { PosthogClient } from '../../../src/destinations/posthog.ts'
import type { SegmentClient } from '../../../src/destinations/segment.ts'
import type { SnowplowClient } from '../../../src/destinations/snowplow.ts'

// Held by `tsc`: what a destination asks of a client is what the vendor's types say that it has.
test('the clients of the vendors are what the destinations ask for', () => {
  expectTypeOf<Gtag.Gtag>().toExtend<OurGtag>()
  expectTypeOf<facebook.Pixel.Event>().toExtend<Fbq>()
  expectTypeOf<PostHog>().toExtend<PosthogClient>()
  expectTypeOf<Analytics>().toExtend<SegmentClient>()
  expectTypeOf<AnalyticsBrowser>().toExtend<SegmentClient>()
  expectTypeOf<AnalyticsSnippet>().toExtend<SegmentClient>()
  expectTypeOf<typeof browserTracker>().toExtend<SnowplowClient>()
})
