import { setTimeout as wait } from 'node:timers/promises'

/**
 * A page in a context, and so in a process, of its own; an empty one without an address.
 * @param {import('playwright').Browser} browser
 * @param {string} [url]
 */
export async function openAlone(browser, url) {
  const context = await browser.newContext()
  const page = await context.newPage()
  if (url) await page.goto(url)
  return page
}

/**
 * A tab that another one has opened, and that therefore can close itself.
 * @param {import('playwright').Page} opener
 * @param {string} url
 */
export async function openPopup(opener, url) {
  const opened = opener.context().waitForEvent('page')
  await opener.evaluate((to) => void open(to), url)
  return opened
}

/**
 * Reads what the browser itself accounts for a page.
 * @param {import('playwright').Page} page
 */
export async function accounting(page) {
  const session = await page.context().newCDPSession(page)
  // The thread's own time: what others do on the machine meanwhile does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    /** Milliseconds of CPU that the main thread has spent. */
    async cpuMs() {
      const { metrics } = await session.send('Performance.getMetrics')
      return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
    },
    async heapBytes() {
      for (let times = 0; times < 3; times++) await session.send('HeapProfiler.collectGarbage')
      return (await session.send('Runtime.getHeapUsage')).usedSize
    },
  }
}

/**
 * Waits until a number has reached `enough`, or has not grown for `quietMs`, a minute at most.
 * @param {() => number} count
 * @param {number} enough
 * @param {number} quietMs
 */
export async function settled(count, enough, quietMs) {
  let last = count()
  const end = Date.now() + 60_000
  for (let quiet = 0; last < enough && quiet < quietMs && Date.now() < end; quiet += 100) {
    await wait(100)
    if (count() > last) quiet = 0
    last = count()
  }
  return last
}
