import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { arrivals, trackerPages } from '../support/open-tracker-pages.ts'

const { address, open, openTabs } = trackerPages()

const made = async (page: Page, index: number) =>
  (await arrivals(page)).filter(({ name }) => name === `pair_${index}_made`)
const remembered = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('journey:')).length)

test('two tabs that take the halves of a pair in the same millisecond make it once, in each of 20 rounds', async () => {
  const pages = await openTabs('?journey&patient', 2)
  for (let round = 0; round < 20; round++) {
    const moment = Date.now() + 60
    await Promise.all(
      pages.map((page) =>
        page.evaluate(({ round, moment }) => rmc.takePair(round, moment), { round, moment }),
      ),
    )
    // Each hears of the other, at the latest, when it looks again.
    const all = async () => (await Promise.all(pages.map((page) => made(page, round)))).flat()
    await expect.poll(all).toHaveLength(1)
  }
  for (let round = 0; round < 20; round++) {
    const all = (await Promise.all(pages.map((page) => made(page, round)))).flat()
    expect(all).toHaveLength(1)
  }
})

test('a page load between the halves is no end of the journey, and the third is no second pair', async () => {
  const page = await open('?journey')
  await page.evaluate(() => rmc.takePair(0))
  expect(await made(page, 0)).toEqual([])
  await page.reload()
  await page.evaluate(() => rmc.takePair(0))
  expect(await made(page, 0)).toHaveLength(1)
  await page.reload()
  await page.evaluate(() => rmc.takePair(0))
  expect(await made(page, 0)).toEqual([])
})

test('a half that is taken while the page is left counts on the next one', async () => {
  const page = await open('?journey')
  await page.evaluate(() => {
    addEventListener('pagehide', () => void rmc.track('pair_1_taken' as 'step_taken'))
  })
  await page.goto(address('other'))
  await page.goto(address('?journey'))
  await page.evaluate(() => rmc.takePair(1))
  expect(await made(page, 1)).toHaveLength(1)
})

test('without consent nothing is remembered, and a withdrawal in one tab erases it in both', async () => {
  const pending = await open('?journey&pending')
  await pending.evaluate(() => {
    rmc.tracker.track('step_taken')
  })
  expect(await remembered(pending)).toBe(0)
  const pages = await openTabs('?journey', 2)
  await Promise.all(pages.map((page) => page.evaluate(() => rmc.takePair(2))))
  for (const page of pages) expect(await remembered(page)).toBeGreaterThan(0)
  await pages[0]?.evaluate(() => rmc.tracker.consent.update('denied'))
  for (const page of pages) {
    await expect.poll(() => remembered(page)).toBe(0)
    await expect.poll(() => page.evaluate(() => rmc.tracker.journey?.get().steps)).toEqual([])
  }
})
