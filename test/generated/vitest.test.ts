import { createManualPlatform, createTestTracker } from 'react-microconversions/testing'
import { expectTracking } from 'react-microconversions/testing/matchers'
import { test } from 'vitest'
import { plan } from '../support/session-plan.ts'

// From a session of plan acme 3, 2026-01-01T00:01:00.000Z.
test('page_view is held (consent-pending), then fires; pricing_clicked is held (consent-pending), then is dropped (frequency); tour_watched fires; and 4 more events', () => {
  const platform = createManualPlatform({ path: '/pricing' })
  const tracking = createTestTracker(plan, { platform, consent: 'pending' })
  const { tracker } = tracking

  // 1. page_view, of page (view)
  expectTracking([tracker.page({ path: '/pricing' })]).toHaveBeenHeld('page_view')

  // 2. pricing_clicked, of track (call)
  expectTracking([tracker.track('pricing_clicked', { tier: 'SECRET-tier', seats: 3, more: { 'SECRET@key': ['SECRET-nested'] } })]).toHaveBeenHeld('pricing_clicked')

  // 3. pricing_clicked, of track (call)
  platform.advance(1200)
  expectTracking([tracker.track('pricing_clicked', { tier: 'SECRET-tier' })]).toHaveDropped('pricing_clicked', 'frequency')

  // 4. tour_watched, of track (call)
  platform.advance(800)
  tracker.consent.update('granted')
  expectTracking([tracker.track('tour_watched', { mark: 'SECRET-mark' })]).toHaveFired('tour_watched')

  // 5. chat_opened, of track (call)
  expectTracking([tracker.track('chat_opened')]).toHaveDropped('chat_opened', 'draft')

  // 6. hint_seen, of track (call)
  expectTracking([tracker.track('hint_seen')]).toHaveFired('hint_seen')

  // 7. hint_seen, of track (call)
  platform.advance(1000)
  expectTracking([tracker.track('hint_seen')]).toHaveDropped('hint_seen', 'frequency')

  // 8. page_view, of page (view)
  platform.navigate('/demo')
  expectTracking([tracker.page({ path: '/demo' })]).toHaveFired('page_view')

  // 9. demo_booked, of track (call)
  platform.advance(2000)
  expectTracking([tracker.track('demo_booked')]).toHaveFired('demo_booked')

  // 10. demo_bookd, of track (call)
  // @ts-expect-error The plan has no such event.
  expectTracking([tracker.track('demo_bookd')]).toHaveDropped('demo_bookd', 'unknown-event')
  tracker.dispose()
})
