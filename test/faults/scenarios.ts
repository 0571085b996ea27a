import type { Page } from 'playwright'
import type { BatchSeen, Conduct } from '../support/collecting-server.ts'
import { type Engine, goBack } from '../support/engines/launch-engine.ts'
import { mortalBrowser } from './killed-browser.ts'
import type { World } from './world.ts'

export interface Scenario {
  readonly name: string
  /** How often: in the tests, and for the table. */
  readonly times: { readonly test: number; readonly table: number }
  /** False: losses are measured, nobody can promise that there are none. Default true. */
  readonly promised?: boolean
  /** Whose drivers can do it. Default all. */
  readonly engines?: readonly Engine[]
  /** Needs the back/forward cache, and with it a browser that has one. */
  readonly cached?: boolean
  /** Resolves when the trouble is over; what is left then goes with the next visit. */
  readonly run: (world: World, times: number) => Promise<void>
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const LIVE_RECOVERY_MS = 180_000

async function track(world: World, page: Page, label: string, count: number): Promise<void> {
  const steps = await page.evaluate(({ label, count }) => faults.track(label, count), { label, count })
  world.fired(steps)
}

/** The page that met the trouble gets over it by itself, without another visit. */
async function recoversItself(world: World): Promise<void> {
  if (!(await world.allArrived(LIVE_RECOVERY_MS))) {
    const { sent, lost, duplicates } = await world.tally()
    throw new Error(
      `The page did not recover by itself: ${lost.length} of ${sent} have not arrived (${lost.slice(0, 3).join(', ')} …), ${duplicates.length} arrived twice.`,
    )
  }
  // Until it has heard so.
  for (const page of world.context().pages()) await page.evaluate(() => faults.tracker.flush())
}

/** Bursts from an open page while the server is in trouble; then it works again. */
const trouble =
  (conduct: Parameters<World['server']['conduct']>[0], forMs: number, query = ''): Scenario['run'] =>
  async (world, times) => {
    world.server.conduct(conduct)
    const page = await world.open(query)
    for (let burst = 0; burst < times; burst++) {
      await track(world, page, `burst ${burst}`, 10)
      await wait(forMs / times)
    }
    world.server.conduct('stores')
    await recoversItself(world)
  }

/** Each page tracks and is left, by `leave`, before anything had time to be answered. */
const leaving =
  (
    leave: Leave,
    { query = '', conduct = 'stores' }: { readonly query?: string; readonly conduct?: Conduct } = {},
  ): Scenario['run'] =>
  async (world, times) => {
    world.server.conduct(conduct)
    for (let round = 0; round < times; round++) {
      const page = await world.open(query)
      await leave(page, world, `page ${round}`)
      if (page.isClosed()) continue
      await world.hearWitness(page)
      await page.close()
    }
  }

const STEPS = 5
/** More than a batch. */
const BULK = 100

type Leave = (page: Page, world: World, label: string) => Promise<void>

const byLink =
  (count = STEPS): Leave =>
  async (page, _, label) => {
    await page.evaluate(({ label, count }) => faults.addLink(label, count), { label, count })
    await page.locator('a').click()
    await page.waitForURL('**/other')
  }

const byAddress =
  (count = STEPS): Leave =>
  async (page, world, label) => {
    const away = page.waitForURL('**/other')
    const steps = await page.evaluate(
      ({ label, count }) => {
        const fired = faults.track(label, count)
        location.href = '/other'
        return fired
      },
      { label, count },
    )
    world.fired(steps)
    await away
  }

const bornWhileLeaving =
  (count = STEPS): Leave =>
  async (page, world, label) => {
    await page.evaluate(({ label, count }) => faults.trackAtPageHide(label, count), { label, count })
    await page.goto(`${world.server.url}other`)
  }

/** On a page that is closed soon: whether it hears of that is up to the browser. */
async function trackBeforeClosing(world: World, page: Page, label: string, count: number): Promise<void> {
  const { steps, pageId } = await page.evaluate(
    ({ label, count }) => ({ steps: faults.track(label, count), pageId: faults.pageId }),
    { label, count },
  )
  world.fired(steps, pageId)
}

async function close(page: Page, runBeforeUnload: boolean): Promise<void> {
  await page.close({ runBeforeUnload })
  // With `runBeforeUnload` it is closing only.
  while (!page.isClosed()) await wait(10)
}

const closing =
  (runBeforeUnload: boolean, count = STEPS): Leave =>
  async (page, world, label) => {
    await trackBeforeClosing(world, page, label, count)
    await close(page, runBeforeUnload)
  }

/** The tab closes in the task in which they are tracked: nothing of them was written before. */
async function closesItself(page: Page, _: World, label: string): Promise<void> {
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate((query) => void open(`/${query}`), new URL(page.url()).search),
  ])
  await popup.waitForFunction(() => 'faults' in globalThis)
  // As in all but a page's first moments.
  await popup.evaluate(() => faults.tracker.flush())
  const closed = popup.waitForEvent('close')
  await popup.evaluate(
    ({ label, count }) => {
      // In a task of its own, so that this call is answered.
      setTimeout(() => {
        faults.trackAsWitness(label, count)
        window.close()
      })
    },
    { label, count: BULK },
  )
  await closed
}

async function burst(world: World, times: number): Promise<void> {
  const page = await world.open()
  for (let round = 0; round < times; round++) {
    world.fired(await page.evaluate((label) => faults.trackInBulk(label, 3_000), `burst ${round}`))
    await recoversItself(world)
  }
}

async function stream(world: World, seconds: number): Promise<void> {
  const page = await world.open()
  world.fired(await page.evaluate((seconds) => faults.stream('stream', 1_000, seconds), seconds))
  await recoversItself(world)
}

async function reloads(world: World, times: number): Promise<void> {
  const page = await world.open()
  for (let round = 0; round < times; round++) {
    await track(world, page, `reload ${round}`, STEPS)
    await page.reload()
    await page.waitForFunction(() => 'faults' in globalThis)
  }
}

async function offline(world: World, times: number): Promise<void> {
  const page = await world.open()
  for (let round = 0; round < times; round++) {
    await world.context().setOffline(true)
    await track(world, page, `offline ${round}`, 10)
    await wait(300)
    await world.context().setOffline(false)
    await recoversItself(world)
  }
}

async function offlineAndClosed(world: World, times: number): Promise<void> {
  const pages = await Promise.all(Array.from({ length: times }, () => world.open()))
  await world.context().setOffline(true)
  for (const [number, page] of pages.entries()) {
    await closing(true)(page, world, `offline ${number}`)
  }
  await wait(300)
  await world.context().setOffline(false)
}

async function backAndForth(world: World, times: number): Promise<void> {
  const page = await world.open()
  for (let round = 1; round <= times; round++) {
    await track(world, page, `away ${round}`, STEPS)
    await page.goto(`${world.server.url}other`)
    await goBack(world.engine, page)
    // Firefox caches no page with a request under way, and loads it again.
    await page.waitForFunction(
      (count) => globalThis.faults && (count === 0 || faults.restored === count),
      world.engine === 'Firefox' ? 0 : round,
    )
    await track(world, page, `back ${round}`, STEPS)
  }
  await recoversItself(world)
}

/** A fixed sequence that looks like chance: runs can be compared. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

async function fiveTabs(world: World, times: number): Promise<void> {
  const random = chance(7)
  const tab = async (number: number) => {
    for (let visit = 0; visit < times; visit++) {
      const page = await world.open()
      await trackBeforeClosing(world, page, `tab ${number}.${visit}`, 1 + Math.floor(random() * 8))
      await wait(random() * 300)
      await trackBeforeClosing(world, page, `tab ${number}.${visit} again`, 3)
      await close(page, random() < 0.5)
    }
  }
  await Promise.all([0, 1, 2, 3, 4].map(tab))
}

async function areStored(page: Page, label: string): Promise<void> {
  for (let tries = 0; tries < 500; tries++)
    if (await page.evaluate(({ label, count }) => faults.isStored(label, count), { label, count: STEPS }))
      return
  throw new Error(`${label} is not in the database.`)
}

/** What is not on disk yet dies with the process: the server takes nothing meanwhile, so that nothing else saves it. */
const killed =
  (after: number | 'stored'): Scenario['run'] =>
  async (world, times) => {
    const browser = mortalBrowser()
    world.atEnd(browser.forget)
    world.server.conduct('stalls')
    for (let round = 0; round < times; round++) {
      const { context, kill } = await browser.launch()
      world.enter(context)
      const page = await world.open()
      await page.evaluate(() => faults.tracker.flush()) // the storage is open, as in all but a page's first moments
      await track(world, page, `killed ${round}`, STEPS)
      if (after === 'stored') await areStored(page, `killed ${round}`)
      else if (after > 0) await wait(after)
      await kill()
    }
    const { context } = await browser.launch()
    world.atEnd(() => context.close())
    world.enter(context)
  }

const everySecond = (conduct: { readonly status: number }) => {
  let requests = 0
  return (): typeof conduct | 'stores' => (requests++ % 2 === 0 ? conduct : 'stores')
}
const atMost = (events: number) => (batch: BatchSeen) =>
  batch.events.length > events ? ({ status: 413 } as const) : ('stores' as const)
const once = (conduct: { readonly status: number; readonly retryAfter?: string }) => {
  let requests = 0
  return (): typeof conduct | 'stores' => (requests++ === 0 ? conduct : 'stores')
}

const elsewhere = '?elsewhere'

/** A tab that its driver closes runs no `pagehide` in Firefox. */
const closes = ['Chromium', 'WebKit'] as const
/**
 * Only Playwright's Chromium goes offline, and is killed with a profile that stays. What an open page makes of a server in
 * trouble is the same code in each engine.
 */
const chromium = ['Chromium'] as const

export const scenarios: readonly Scenario[] = [
  { name: 'steady', times: { test: 3, table: 30 }, run: trouble('stores', 1_000) },
  {
    name: 'steady, another origin',
    times: { test: 3, table: 30 },
    run: trouble('stores', 1_000, elsewhere),
  },
  { name: 'link clicked right after', times: { test: 3, table: 20 }, run: leaving(byLink()) },
  { name: 'address changed in the same task', times: { test: 3, table: 20 }, run: leaving(byAddress()) },
  {
    name: 'address changed in the same task, server down',
    times: { test: 3, table: 20 },
    run: leaving(byAddress(), { conduct: { status: 503 } }),
  },
  {
    name: 'address changed, another origin',
    times: { test: 3, table: 20 },
    run: leaving(byAddress(), { query: elsewhere }),
  },
  { name: 'born while leaving', times: { test: 3, table: 20 }, run: leaving(bornWhileLeaving()) },
  {
    name: 'born while leaving, server down',
    times: { test: 3, table: 10 },
    run: leaving(bornWhileLeaving(), { conduct: { status: 503 } }),
  },
  {
    name: 'left before the database is open, server down',
    times: { test: 2, table: 10 },
    run: leaving(byAddress(), { query: '?opening', conduct: { status: 503 } }),
  },
  {
    name: 'tab closed by the user',
    times: { test: 3, table: 20 },
    engines: closes,
    run: leaving(closing(true)),
  },
  {
    name: 'tab closed, server down',
    times: { test: 3, table: 10 },
    engines: closes,
    run: leaving(closing(true), { conduct: { status: 503 } }),
  },
  {
    name: 'tab closed by a driver',
    times: { test: 3, table: 20 },
    engines: closes,
    run: leaving(closing(false)),
  },
  {
    name: '100 events, and the tab closed',
    times: { test: 2, table: 5 },
    engines: closes,
    run: leaving(closing(false, BULK)),
  },
  {
    name: '100 events, and the tab closed, server down',
    times: { test: 2, table: 5 },
    engines: closes,
    run: leaving(closing(false, BULK), { conduct: { status: 503 } }),
  },
  {
    name: '100 events, and the tab closed before the database is open',
    times: { test: 2, table: 5 },
    engines: closes,
    run: leaving(closing(false, BULK), { query: '?opening' }),
  },
  {
    name: '100 events, and the tab closed by the user',
    times: { test: 2, table: 5 },
    engines: closes,
    run: leaving(closing(true, BULK)),
  },
  {
    name: '100 events, and the tab closes itself in that task',
    times: { test: 2, table: 5 },
    engines: chromium,
    run: leaving(closesItself),
  },
  {
    name: '100 events, and the tab closes itself, server down',
    times: { test: 2, table: 5 },
    engines: chromium,
    run: leaving(closesItself, { conduct: { status: 503 } }),
  },
  { name: '100 events, link clicked', times: { test: 2, table: 5 }, run: leaving(byLink(BULK)) },
  { name: '100 events, address changed', times: { test: 2, table: 5 }, run: leaving(byAddress(BULK)) },
  {
    name: '100 events born while leaving',
    times: { test: 2, table: 5 },
    run: leaving(bornWhileLeaving(BULK)),
  },
  {
    name: '100 events born while leaving, server down',
    times: { test: 2, table: 5 },
    run: leaving(bornWhileLeaving(BULK), { conduct: { status: 503 } }),
  },
  { name: '3,000 events in one task', times: { test: 1, table: 3 }, engines: chromium, run: burst },
  { name: '1,000 events a second', times: { test: 3, table: 30 }, engines: chromium, run: stream },
  { name: 'reloaded again and again', times: { test: 3, table: 20 }, run: reloads },
  {
    name: 'left and back (back/forward cache)',
    times: { test: 3, table: 10 },
    cached: true,
    run: backAndForth,
  },
  { name: 'five tabs, opened and closed', times: { test: 3, table: 10 }, engines: closes, run: fiveTabs },
  { name: 'offline, then online', times: { test: 2, table: 5 }, engines: chromium, run: offline },
  { name: 'offline, and closed', times: { test: 3, table: 10 }, engines: chromium, run: offlineAndClosed },
  { name: '503 for a while', times: { test: 3, table: 10 }, run: trouble({ status: 503 }, 1_500) },
  {
    name: '500 for every second request',
    times: { test: 3, table: 20 },
    engines: chromium,
    run: trouble(everySecond({ status: 500 }), 1_500),
  },
  {
    name: '429 with Retry-After',
    times: { test: 3, table: 10 },
    engines: chromium,
    run: trouble(once({ status: 429, retryAfter: '1' }), 1_000),
  },
  {
    name: '413 for more than 4 events',
    times: { test: 3, table: 20 },
    engines: chromium,
    run: trouble(atMost(4), 1_000),
  },
  {
    name: 'disk of the collector full for a while',
    times: { test: 3, table: 10 },
    engines: chromium,
    run: trouble('disk full', 1_500),
  },
  {
    name: 'connections refused',
    times: { test: 3, table: 10 },
    engines: chromium,
    run: trouble('refuses', 1_500),
  },
  {
    name: 'cut after the body was stored',
    times: { test: 3, table: 10 },
    engines: chromium,
    run: trouble('cuts after', 1_500),
  },
  {
    name: 'no answer until the time-out',
    times: { test: 1, table: 3 },
    engines: chromium,
    run: trouble('stalls', 1_000),
  },
  {
    name: 'killed once they are stored',
    times: { test: 1, table: 4 },
    engines: chromium,
    run: killed('stored'),
  },
  {
    name: 'killed 500 ms after',
    times: { test: 1, table: 4 },
    engines: chromium,
    run: killed(500),
  },
  {
    name: 'killed 50 ms after',
    times: { test: 1, table: 4 },
    promised: false,
    engines: chromium,
    run: killed(50),
  },
  {
    name: 'killed 5 ms after',
    times: { test: 1, table: 4 },
    promised: false,
    engines: chromium,
    run: killed(5),
  },
  {
    name: 'killed at once',
    times: { test: 1, table: 4 },
    promised: false,
    engines: chromium,
    run: killed(0),
  },
]
