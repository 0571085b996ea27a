import { cleanup } from '@testing-library/react'
import { PricingLink } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { plan } from './plan.ts'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const Hero = () => (
  <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} href="#pricing">
    See pricing
  </PricingLink>
)

// An example of the documentation: what a team writes for a click of its own.
test('the hero reports that pricing is opened', async () => {
  const { getByRole, tracker, destination } = renderWithTracking(<Hero />, { plan })
  await userEvent.click(getByRole('link'))
  await tracker.flush()
  expect(destination.events).toMatchObject([{ name: 'pricing_clicked', properties: { tier: 'pro' } }])
})

test('… and not before the user allows it', async () => {
  const { getByRole, decisions } = renderWithTracking(<Hero />, { plan, consent: 'denied' })
  await userEvent.click(getByRole('link'))
  expect(decisions()).toMatchObject([{ outcome: 'dropped', reason: 'consent-denied' }])
})

test('one test after the other is quiet, and knows nothing of the one before', () => {
  const complain = vi.spyOn(console, 'error')
  for (const _ of [1, 2]) {
    const { tracker, decisions } = renderWithTracking(<Hero />, { plan })
    tracker.track('banner_seen')
    expect(decisions()).toMatchObject([{ outcome: 'fired' }])
    cleanup()
  }
  expect(complain.mock.calls).toEqual([])
})
