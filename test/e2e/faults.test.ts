import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { measure } from '../faults/measure.ts'
import { scenarios } from '../faults/scenarios.ts'
import { words } from '../faults/words.ts'
import { launch } from '../support/launch.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launch({ ignoreDefaultArgs: ['--disable-back-forward-cache'] })
})
afterAll(() => browser?.close())

/** At the same time: most of it is waiting. */
describe.concurrent('what was fired arrives, and once by id', () => {
  for (const scenario of scenarios) {
    test(scenario.name, async ({ expect }) => {
      const { promised, sent, lost, unheard, duplicates, violations } = await measure(
        scenario,
        'test',
        browser,
      )
      expect(sent).toBeGreaterThan(0)
      expect(duplicates).toEqual([])
      expect(violations).toEqual([])
      if (promised) expect(lost).toEqual([])
      if (unheard.length)
        console.info(`${scenario.name}: ${unheard.length} went with pages that heard of no end`)
      if (!promised && lost.length) console.info(`${scenario.name}: ${lost.length} of ${sent} lost`)
    })
  }
})

test.each(words)('$name', async ({ say }) => {
  const { text, holds } = await say(browser, 'test')
  expect(holds, text).toBe(true)
})
