import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { accounting, openAlone, openPopup, settled } from './tab.mjs'

/** Amplitude sends every ten seconds; longer than that without an arrival is the end. */
const QUIET_MS = 12_000
const STREAM = 5_000
const BURST = 100

/**
 * @typedef {object} Bench
 * @property {import('playwright').Browser} browser
 * @property {Awaited<ReturnType<typeof import('./server.mjs').startServer>>} server
 */
/** @typedef {import('./candidates.mjs').Candidate} Candidate */
/** @typedef {{ [key: string]: number }} Figures */
/** @typedef {{ readonly mean: number, readonly median: number }} Calls */

const newRun = () => randomUUID().slice(0, 8)

/** @param {Bench} bench @param {string} name */
async function openTracking({ browser, server }, name) {
  const page = await openAlone(browser, `${server.url}/${name}/tracking`)
  await page.waitForFunction('globalThis.readyMs')
  return page
}

/** @param {Bench} bench @param {string} run */
const arrived = ({ server }, run) => {
  const marks = server.requestsOf(run).flatMap(({ marks }) => marks)
  return new Set(marks.filter((mark) => mark.startsWith(`mark-${run}-`))).size
}

/** @param {Bench} bench @param {Candidate} candidate @returns {Promise<Figures>} */
export async function measureStart({ browser, server }, { name }) {
  const page = await openAlone(browser)
  // Asking the page would run code of the driver in it meanwhile: the page tells its figures itself.
  const told = page.waitForEvent('console', (message) => message.text().startsWith('started '))
  await page.goto(`${server.url}/${name}/tracking`)
  const [, task, ready] = (await told).text().split(' ')
  return { task: Number(task), ready: Number(ready) }
}

/**
 * 1,000 events a second for five seconds: what a call costs, what an event costs in all, and what arrives.
 * @param {Bench} bench @param {Candidate} candidate @returns {Promise<Figures>}
 */
export async function measureStream(bench, { name }) {
  const page = await openTracking(bench, name)
  await page.evaluate('readyMs')
  await wait(500)
  const { cpuMs } = await accounting(page)
  const cpuOf = async (/** @type {() => Promise<unknown>} */ run) => {
    const before = await cpuMs()
    await run()
    return (await cpuMs()) - before
  }
  const idle = await cpuOf(() => page.evaluate(`stream('', ${STREAM})`))
  const run = newRun()
  /** @type {unknown} */
  let calls
  let count = 0
  const busy = await cpuOf(async () => {
    calls = await page.evaluate(`stream('${run}', ${STREAM})`)
    count = await settled(() => arrived(bench, run), STREAM, QUIET_MS)
  })
  const full = bench.server.requestsOf(run).filter(({ marks }) => marks.length >= 10)
  const bytes = full.reduce((sum, { bytes }) => sum + bytes, 0)
  const events = full.reduce((sum, { marks }) => sum + marks.length, 0)
  const { mean, median } = /** @type {Calls} */ (calls)
  return { mean, median, cpu: ((busy - idle) * 1_000) / STREAM, body: bytes / events, arrived: count }
}

/** @param {Bench} bench @param {Candidate} candidate @returns {Promise<Figures>} */
export async function measureDropped(bench, { name }) {
  const page = await openTracking(bench, name)
  await page.evaluate('readyMs')
  await page.evaluate(`stream('${newRun()}', 200, 'once')`)
  const calls = await page.evaluate(`stream('${newRun()}', 2000, 'once')`)
  const { mean, median } = /** @type {Calls} */ (calls)
  return { droppedMean: mean, droppedMedian: median }
}

/** @param {Bench} bench @param {Candidate} candidate @returns {Promise<Figures>} */
export async function measureClose(bench, { name }) {
  const url = `${bench.server.url}/${name}/`
  const opener = await openAlone(bench.browser, url)
  const page = await openPopup(opener, `${url}tracking`)
  await page.waitForFunction('globalThis.readyMs')
  await page.evaluate('readyMs')
  await wait(1_000)
  const run = newRun()
  const closed = page.waitForEvent('close')
  await page.evaluate(`trackAndClose('${run}', ${BURST})`)
  await closed
  const atClose = await settled(() => arrived(bench, run), BURST, 3_000)
  const next = await openPopup(opener, `${url}tracking`)
  await next.waitForFunction('globalThis.readyMs')
  // As on any page: some look at what is stored only when there is something new.
  await next.evaluate(`stream('${newRun()}', 1)`)
  const later = await settled(() => arrived(bench, run), BURST, QUIET_MS)
  return { atClose, later }
}

/** @param {Bench} bench @param {Candidate} candidate @returns {Promise<Figures>} */
export async function measureLinks(bench, { name, react = [] }) {
  /** @type {Figures} */
  const figures = {}
  for (const kind of react) {
    const page = await openLinks(bench, name)
    const ratios = await page.evaluate(`compare('${kind}', 41)`)
    const { mount, render } = /** @type {{ mount: number, render: number }} */ (ratios)
    figures[`mount${kind}`] = mount
    figures[`render${kind}`] = render
    figures[`bytes${kind}`] = await bytesOfLink(await openLinks(bench, name), kind)
  }
  return figures
}

/** @param {Bench} bench @param {string} name */
async function openLinks({ browser, server }, name) {
  const page = await openAlone(browser, `${server.url}/${name}-react/links`)
  await page.waitForFunction('globalThis.compare')
  return page
}

/** @param {import('playwright').Page} page @param {string} kind */
async function bytesOfLink(page, kind) {
  const { heapBytes } = await accounting(page)
  // The first thousand leave compiled code and caches too.
  await page.evaluate(`leave('${kind}')`)
  const before = await heapBytes()
  await page.evaluate(`leave('${kind}')`)
  return ((await heapBytes()) - before) / 1_000
}
