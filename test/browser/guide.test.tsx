import { cleanup } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { definePlan, event, PricingLink } from 'react-microconversions'
import { createTestTracker, renderWithTracking } from 'react-microconversions/testing'
import { afterEach, expect, test } from 'vitest'
import 'react-microconversions/testing/vitest-4'

const plan = definePlan({
  name: 'guide',
  version: '1',
  events: { pricing_clicked: event({ frequency: 'once-per-session' }) },
})

const Header = () => (
  <PricingLink event="pricing_clicked" href="#pricing">
    See pricing
  </PricingLink>
)

afterEach(cleanup)

test('pricing counts once per session', async () => {
  const tracking = renderWithTracking(<Header />, { plan, strict: true })
  await userEvent.dblClick(tracking.getByRole('link', { name: 'See pricing' }))
  expect(tracking).toHaveFiredTimes('pricing_clicked', 1)
  expect(tracking).toHaveDropped('pricing_clicked', 'frequency')
  await tracking.tracker.flush()
  expect(tracking.destination.events).toHaveLength(1)
})

test('and again when the session has idled out', () => {
  const tracking = createTestTracker(plan)
  tracking.tracker.track('pricing_clicked')
  tracking.platform.advance(31 * 60_000)
  tracking.tracker.track('pricing_clicked')
  expect(tracking).toHaveFiredTimes('pricing_clicked', 2)
})

test('nothing leaves before consent', async () => {
  const tracking = createTestTracker(plan, { consent: 'pending' })
  tracking.tracker.track('pricing_clicked')
  await tracking.tracker.flush()
  expect(tracking).toHaveBeenHeld('pricing_clicked')
  expect(tracking.destination.events).toEqual([])

  tracking.tracker.consent.update('granted')
  await tracking.tracker.flush()
  expect(tracking).toHaveFired('pricing_clicked')
  expect(tracking.destination.events).toHaveLength(1)
})
