import { expect, test } from 'react-microconversions/testing/playwright'

const { ORIGIN = '', STRICT_ORIGIN = '', OTHER_ORIGIN = '', COLLECTOR = '' } = process.env
const click = (/** @type {import('@playwright/test').Page} */ page) => page.getByRole('button').click()

test.describe('a production build', () => {
  test('hands its decisions over, with their properties', async ({ page, microconversions }) => {
    await page.goto(ORIGIN)
    await expect(microconversions).not.toHaveFired('pricing_clicked')
    await click(page)
    await expect(microconversions).toHaveFired('pricing_clicked', { tier: 'pro' })
    await click(page)
    await expect(microconversions).toHaveDropped('pricing_clicked', 'frequency')
    await expect(microconversions).toMatchPlan()
  })

  test('is heard while it is left, by a link and by an address, and in two tabs', async ({
    page,
    context,
    microconversions,
  }) => {
    await page.goto(`${ORIGIN}/one`)
    await click(page)
    await page.getByRole('link').click()
    await expect(microconversions).toHaveFired('page_left', { path: '/one' })
    const second = await context.newPage()
    await second.goto(`${ORIGIN}/two`)
    await second.goto(OTHER_ORIGIN)
    await expect(microconversions).toHaveFired('page_left', { path: '/two' })
    await expect(microconversions).toHaveFiredInOrder(['pricing_clicked', 'page_left', 'page_left'])
    expect(microconversions.cutOff()).toEqual([])
  })

  test('is heard when its tab is closed', async ({ page, context, microconversions }) => {
    await page.goto(`${ORIGIN}/closed`)
    await click(page)
    await context.newPage()
    await page.close({ runBeforeUnload: true })
    await expect(microconversions).toHaveFired('page_left', { path: '/closed' })
  })
})

test.describe('network mode', () => {
  test.use({ microconversionsOptions: { collector: COLLECTOR } })

  test('reads what a collector received of this test, also from two tabs and while they are left', async ({
    page,
    context,
    microconversions,
  }) => {
    const names = async () => (await microconversions.received()).map(({ name }) => name).sort()
    await page.goto(`${STRICT_ORIGIN}/one`)
    await click(page)
    const second = await context.newPage()
    await second.goto(`${STRICT_ORIGIN}/two`)
    await second.goto(`${STRICT_ORIGIN}/after`)
    await page.getByRole('link').click()
    await expect.poll(names).toEqual(['page_left', 'page_left', 'pricing_clicked'])
    microconversions.clear()
    expect(await names()).toEqual([])
  })
})

test('a page that is not on this computer is heard, or a failure says what is missing', async ({
  page,
  microconversions,
}) => {
  await page.route('http://shop.test/**', async (route) => {
    const { pathname } = new URL(route.request().url())
    await route.fulfill({ response: await route.fetch({ url: `${ORIGIN}${pathname}` }) })
  })
  await page.goto('http://shop.test/one')
  await page.goto(OTHER_ORIGIN)
  const result = await expect
    .configure({ timeout: 2_000 })(microconversions)
    .toHaveFired('page_left', { path: '/one' })
    .then(
      () => 'heard',
      ({ message }) => message,
    )
  expect(result).toMatch(/^heard$|missing: http:\/\/shop\.test\/one\./)
})

test.describe('by storage alone', () => {
  test.use({ microconversionsOptions: { leaving: 'storage' } })
  test('a page that is left sends nothing, and the next of its origin brings it', async ({
    page,
    microconversions,
  }) => {
    await page.goto(`${ORIGIN}/one`)
    await page.goto(OTHER_ORIGIN)
    expect(microconversions.cutOff()).toEqual([`${ORIGIN}/one`])
    await page.goto(`${ORIGIN}/after`)
    await expect(microconversions).toHaveFired('page_left', { path: '/one' })
    expect(microconversions.cutOff()).toEqual([])
  })
})

test.describe('under a strict policy', () => {
  test('the next page of the origin brings what the beacon could not', async ({ page, microconversions }) => {
    await page.goto(`${STRICT_ORIGIN}/one`)
    await page.goto(`${STRICT_ORIGIN}/after`)
    await expect(microconversions).toHaveFired('page_left', { path: '/one' })
  })

  test('a failure says what is missing', async ({ page, microconversions }) => {
    await page.goto(`${STRICT_ORIGIN}/one`)
    await page.goto(OTHER_ORIGIN)
    const failure = await expect
      .configure({ timeout: 1 })(microconversions)
      .toHaveFired('page_left')
      .catch(({ message }) => message)
    expect(failure).toContain('did not fire')
    expect(failure).toContain(`missing: ${STRICT_ORIGIN}/one.`)
  })

  test.describe('with bypassCSP', () => {
    test.use({ bypassCSP: true })
    test('nothing is missing', async ({ page, microconversions }) => {
      await page.goto(`${STRICT_ORIGIN}/one`)
      await page.goto(OTHER_ORIGIN)
      await expect(microconversions).toHaveFired('page_left', { path: '/one' })
    })
  })
})

test.describe('strict', () => {
  test.use({ microconversionsOptions: { strict: true } })
  test('passes for what is planned', async ({ page, microconversions }) => {
    await page.goto(ORIGIN)
    await click(page)
    await expect(microconversions).toHaveFired('pricing_clicked')
  })
})
