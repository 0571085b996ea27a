import { expect, test } from 'react-microconversions/testing/playwright'

test('pricing counts once in a session', async ({ page, microconversions }) => {
  await page.goto('/')
  await page.getByRole('link', { name: 'See pricing' }).click()
  await page.getByRole('link', { name: 'See pricing' }).click()
  await expect(microconversions).toHaveFired('pricing_clicked', { tier: 'pro' })
  await expect(microconversions).toHaveDropped('pricing_clicked', 'frequency')
})
