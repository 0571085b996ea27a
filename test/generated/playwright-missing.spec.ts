import { expect, test } from 'react-microconversions/testing/playwright'

// From a session of plan shop 1, 2026-01-01T00:01:00.000Z.
test.use({ microconversionsOptions: { consent: 'granted' } })

test('demo_booked fires', async ({ page, microconversions }) => {
  await page.goto('/held')

  // 1. pricing_clicked, of PricingLink (click)
  await page.getByRole('button', { name: 'Pricing', exact: true }).click()

  await expect(microconversions).toHaveFired('demo_booked')
})
