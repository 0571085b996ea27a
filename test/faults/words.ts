import type { Browser, Page } from 'playwright'
import type { Arrived } from '../support/collecting-server.ts'
import type { Scenario } from './scenarios.ts'
import { createWorld, recover, type World } from './world.ts'

/** What no count of losses says. */
export interface Word {
  readonly text: string
  readonly holds: boolean
}
type Say = (browser: Browser, scale: keyof Scenario['times']) => Promise<Word>

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function inWorld<T>(browser: Browser, run: (world: World) => Promise<T>): Promise<T> {
  const context = await browser.newContext()
  const world = await createWorld('Chromium', context)
  try {
    return await run(world)
  } finally {
    await context.close()
    await world[Symbol.asyncDispose]()
  }
}

const track = (page: Page, label: string, count: number) =>
  page.evaluate(({ label, count }) => faults.track(label, count), { label, count })

/** The browser writes a line for each failed request itself, and nobody can keep it from that. */
const isBrowsers = (text: string) => text.startsWith('Failed to load resource')
const EVERY_MS = 100

/** With nothing but back-off a request each 100 ms would be made: each event that cannot leave asks for one. */
const blockedIsQuiet: Say = (browser, scale) =>
  inWorld(browser, async (world) => {
    const beats = (scale === 'test' ? 5_000 : 20_000) / EVERY_MS
    const page = await world.open()
    const printed: string[] = []
    page.on('console', (message) => printed.push(message.text()))
    page.on('pageerror', (error) => printed.push(error.message))
    let requests = 0
    await world.context().route('**/collect', (route) => {
      requests++
      return route.abort('blockedbyclient')
    })
    const sinceMs = performance.now()
    for (let beat = 0; beat < beats; beat++) {
      world.fired(await track(page, `blocked ${beat}`, 3))
      await wait(EVERY_MS)
    }
    const ours = printed.filter((text) => !isBrowsers(text))
    const whileBlocked = requests
    const seconds = Math.ceil((performance.now() - sinceMs) / 1_000)
    await world.context().unroute('**/collect')
    await recover(world)
    const { sent, lost, duplicates } = await world.tally()
    return {
      text:
        `An endpoint was blocked for ${seconds} s while ${sent} events occurred: the library made ${whileBlocked} requests and ` +
        `printed ${ours.length} lines. Afterwards ${lost.length} events were lost and ${duplicates.length} duplicated.`,
      holds:
        whileBlocked > 0 &&
        whileBlocked <= 5 + seconds &&
        ours.length === 0 &&
        lost.length === 0 &&
        duplicates.length === 0,
    }
  })

const nothingAfterWithdrawal: Say = (browser, scale) =>
  inWorld(browser, async (world) => {
    world.server.conduct('stalls')
    const page = await world.open()
    await track(page, 'before', 30)
    while (world.server.requests() === 0) await wait(50)
    const { begun, after } = await page.evaluate(() => {
      faults.tracker.consent.update('denied')
      return { begun: faults.requests(), after: faults.track('after', 30) }
    })
    world.server.conduct('stores')
    await wait(scale === 'test' ? 2_500 : 8_000)
    await page.reload() // this page has consent, and would send whatever is left
    await page.waitForFunction(() => 'faults' in globalThis)
    world.fired(await track(page, 'marker', 1))
    const arrived = await world.allArrived(60_000)
    const isMarker = ({ properties }: Arrived) => String(properties['step']).startsWith('marker')
    const ofBefore = world.server.batches().filter(({ events }) => !events.every(isMarker))
    const later = Math.max(0, ofBefore.length - begun)
    return {
      text: `Consent was withdrawn with ${begun} requests in flight and 30 events waiting: afterwards ${later} requests began and ${after.length} events fired.`,
      holds: begun > 0 && later === 0 && after.length === 0 && arrived,
    }
  })

export const words: readonly { readonly name: string; readonly say: Say }[] = [
  { name: 'a blocked endpoint is quiet', say: blockedIsQuiet },
  { name: 'no request begins after a withdrawal', say: nothingAfterWithdrawal },
]
