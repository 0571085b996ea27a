import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { measure } from '../faults/measure.ts'
import { scenarios } from '../faults/scenarios.ts'
import { words } from '../faults/words.ts'
import { engines, launchEngine } from '../support/engines/launch-engine.ts'
import { launch } from '../support/launch.ts'

describe.each(engines)('%s', (engine) => {
  let whole: Browser
  // Opens the pages of the other scenarios with a third of the work.
  let browser: Browser
  beforeAll(async () => {
    whole = await launchEngine(engine)
    browser = engine === 'Chromium' ? await launch() : whole
  })
  afterAll(async () => {
    await browser?.close()
    if (whole !== browser) await whole?.close()
  })

  const possible = scenarios.filter(({ engines }) => !engines || engines.includes(engine))

  // At the same time, because most of it is waiting. Each profile of WebKit is a browser of its own: one after the other.
  describe('what was fired arrives, and once by id', { concurrent: engine !== 'WebKit' }, () => {
    test.each(possible)('$name', async (scenario) => {
      const { promised, sent, lost, unheard, duplicates, violations } = await measure(
        scenario,
        'test',
        scenario.cached ? whole : browser,
        engine,
      )
      expect(sent).toBeGreaterThan(0)
      expect(duplicates).toEqual([])
      expect(violations).toEqual([])
      if (promised) expect(lost).toEqual([])
      if (unheard.length)
        console.info(`${scenario.name}: ${unheard.length} went with pages that heard of no end`)
      if (!promised && lost.length) console.info(`${scenario.name}: ${lost.length} of ${sent} lost`)
    })
  })

  // With routes that only Playwright's Chromium has.
  describe.runIf(engine === 'Chromium')('without losses', () => {
    test.each(words)('$name', async ({ say }) => {
      const { text, holds } = await say(browser, 'test')
      expect(holds, text).toBe(true)
    })
  })
})
