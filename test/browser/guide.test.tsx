import { cleanup } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { definePlan, event, PricingLink } from 'react-microconversions'
import { createTestTracker, renderWithTracking } from 'react-microconversions/testing'
import { afterEach, expect, test } from 'vitest'

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
  const { getByRole, tracker, decisions, destination } = renderWithTracking(<Header />, { plan })
  await userEvent.dblClick(getByRole('link', { name: 'See pricing' }))
  await tracker.flush()
  expect(decisions().map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['fired', 'admitted'],
    ['dropped', 'frequency'],
  ])
  expect(destination.events).toHaveLength(1)
})

test('and again when the session has idled out', () => {
  const { tracker, platform } = createTestTracker(plan)
  expect(tracker.track('pricing_clicked').outcome).toBe('fired')
  platform.advance(31 * 60_000)
  expect(tracker.track('pricing_clicked').outcome).toBe('fired')
})

test('nothing leaves before consent', async () => {
  const { tracker, destination } = createTestTracker(plan, { consent: 'pending' })
  expect(tracker.track('pricing_clicked').outcome).toBe('held')
  await tracker.flush()
  expect(destination.events).toEqual([])

  tracker.consent.update('granted')
  await tracker.flush()
  expect(destination.events).toHaveLength(1)
})
