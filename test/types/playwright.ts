import { definePlan, event, typed } from 'react-microconversions/core'
import { expect, test } from 'react-microconversions/testing/playwright'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: { pricing_clicked: event({ properties: typed<{ tier: string }>() }) },
})

test.use({
  microconversionsOptions: {
    strict: true,
    collector: 'http://127.0.0.1:4318',
    consent: { analytics: 'granted' },
    leaving: 'storage',
  },
})

test('is typed', async ({ page, microconversions }) => {
  await page.goto('/')
  await expect(microconversions).toHaveFired('pricing_clicked', { tier: 'pro' })
  await expect(microconversions).not.toHaveDropped('pricing_clicked', 'frequency')
  await expect(microconversions).toMatchPlan(plan)
  expect(microconversions.decisions()).toHaveLength(1)
  const [row] = await microconversions.received()
  expect(row?.valid).toBe(true)
  // @expect TS2345 "frequent"
  await expect(microconversions).toHaveDropped('pricing_clicked', 'frequent')
  // @expect TS2339 "toHaveFired"
  await expect(page).toHaveFired('pricing_clicked')
})
