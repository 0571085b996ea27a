// What one `track` costs on the main thread, beside what a page pays for any event at all. Ratios within one run.
import { createServer } from 'node:http'
import { stdout } from 'node:process'
import { build } from 'esbuild'
import { chromium } from 'playwright'
import { browserArgs, ensureBrowser } from './browser.mjs'
import { root } from './entries.mjs'

const page = `
import { createTracker, definePlan, event, journey, typed } from 'react-microconversions/core'
import { memory } from 'react-microconversions/destinations'
import { Impression, MicroconversionProvider, PricingLink } from 'react-microconversions'
import { createElement as h } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

const plan = definePlan({ name: 'bench', version: '1', events: {
  plan_viewed: event({ properties: typed() }),
  pricing_clicked: event({ frequency: 'once-per-session', properties: typed() }),
  row_seen: event({ properties: typed() }),
  product_viewed: event({ frequency: { per: 'session', key: (p) => p.id }, properties: typed() }),
} })
const properties = { tier: 'pro', position: 3, id: 'p' }
const sample = { id: crypto.randomUUID(), name: 'plan_viewed', properties, time: Date.now(), page: { url: location.href, title: document.title } }

/** Microseconds a call: the median of many rounds of many calls. */
async function cost(calls, run, settle) {
  const rounds = []
  for (let round = 0; round < 30; round++) {
    const from = performance.now()
    for (let call = 0; call < calls; call++) run(round * calls + call)
    rounds.push(((performance.now() - from) * 1000) / calls)
    await settle?.()
  }
  return rounds.sort((a, b) => a - b)[15]
}

globalThis.bench = async () => {
  const tracker = createTracker({ plan, destinations: [memory()], consent: 'granted' })
  const remembering = createTracker({ plan, journey, destinations: [memory()], consent: 'granted' })
  const mute = createTracker({ plan, destinations: [memory()], consent: 'denied' })
  await tracker.flush()
  const flush = () => tracker.flush()
  return {
    'floor: a clone of an event and its JSON': await cost(500, () => JSON.stringify(structuredClone(sample))),
    'floor: one localStorage write of it': await cost(500, () => localStorage.setItem('bench', JSON.stringify(sample))),
    'track, no consent: dropped': await cost(500, () => mute.track('plan_viewed', properties)),
    'track, refused by frequency': await cost(500, () => tracker.track('pricing_clicked', properties)),
    'track, fired': await cost(500, () => tracker.track('plan_viewed', properties), flush),
    'track, fired, and remembered by the journey': await cost(500, () => remembering.track('plan_viewed', properties), () => remembering.flush()),
    'track, fired, claimed in the database': await cost(50, (n) => tracker.track('product_viewed', { ...properties, id: 'p' + n }), flush),
  }
}

/** Milliseconds to mount a table of 10,000 rows: the median of some rounds. */
async function mounting(tracker, row) {
  const rounds = []
  for (let round = 0; round < 7; round++) {
    const place = document.body.appendChild(document.createElement('div'))
    const root = createRoot(place)
    const rows = Array.from({ length: 10_000 }, (_, n) => row(n))
    const from = performance.now()
    flushSync(() => root.render(h(MicroconversionProvider, { tracker }, rows)))
    await undefined // refs settle in a microtask
    rounds.push(performance.now() - from)
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    root.unmount()
    place.remove()
  }
  return rounds.sort((a, b) => a - b)[3]
}

globalThis.mount = async () => {
  const tracker = createTracker({ plan, destinations: [memory()], consent: 'granted' })
  const link = (n) => h('a', { key: n, href: '#' + n }, 'Row ' + n)
  return {
    'plain links': await mounting(tracker, link),
    '\`PricingLink\`': await mounting(tracker, (n) => h(PricingLink, { key: n, event: 'plan_viewed', href: '#' + n }, 'Row ' + n)),
    'links in \`Impression\`': await mounting(tracker, (n) => h(Impression, { key: n, name: 'row', itemKey: String(n) }, link(n))),
  }
}

const frames = (count) => new Promise((done) => requestAnimationFrame(() => (count > 1 ? frames(count - 1).then(done) : done())))
let watched

/** A page with a tracker, and the overlay beside it or not. */
globalThis.watch = async (overlay) => {
  watched = createTracker({ plan, destinations: [{ name: 'a', send() {} }, { name: 'b', send() {} }], consent: 'granted' })
  await watched.flush()
  const stopWatching = watched.record.watch()
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  // Not before: its import has elements known, which costs a little at each mount.
  const { MicroconversionDevtools } = await import('react-microconversions/devtools/production')
  if (overlay) root.render(h(MicroconversionDevtools, { tracker: watched, enabled: true, because: 'bench', defaultOpen: overlay === 'open' }))
  for (let frame = 0; overlay && !document.querySelector('rmc-devtools'); frame++) {
    if (frame === 600) throw new Error('The overlay did not appear.')
    await frames(1)
  }
  await frames(30)
}

/** No two in a row are equal: each is a row of the timeline. */
const attempt = (call) => watched.track(call % 2 ? 'plan_viewed' : 'row_seen', properties)

globalThis.attempts = async (count) => {
  for (let call = 0; call < count; call++) attempt(call)
  await watched.flush()
  await frames(4)
}

globalThis.attemptInEachFrame = async (count) => {
  for (let call = 0; call < count; call++) {
    attempt(call)
    await frames(1)
  }
  await watched.flush()
}

/** The overlay draws in the next frame, or when its last drawing is long enough ago. */
globalThis.settle = async () => {
  await new Promise((done) => setTimeout(done, 150))
  await frames(1)
}

globalThis.scrollThrough = async (px) => {
  const list = document.querySelector('rmc-devtools').shadowRoot.querySelector('[role=listbox]')
  const tasks = []
  const observer = new PerformanceObserver((found) => tasks.push(...found.getEntries()))
  observer.observe({ type: 'longtask' })
  list.scrollTop = 0
  await frames(4)
  let most = 0
  let late = 0
  let before = performance.now()
  for (let step = 1; step <= 240; step++) {
    list.scrollTop = step * px
    await frames(1)
    const now = performance.now()
    if (now - before > 25) late++
    before = now
    most = Math.max(most, list.querySelectorAll('[role=option]').length)
  }
  observer.disconnect()
  return { height: list.scrollHeight, most, late, longTasks: tasks.length }
}`

const { outputFiles } = await build({
  stdin: { contents: page, resolveDir: root },
  define: { 'process.env.NODE_ENV': '"production"' },
  bundle: true,
  minify: true,
  format: 'esm',
  write: false,
})
const script = outputFiles[0]?.text ?? ''
const server = createServer((request, response) => {
  const isScript = request.url === '/bench.js'
  response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
  response.end(
    isScript ? script : '<!doctype html><title>Bench</title><script type="module" src="/bench.js"></script>',
  )
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: browserArgs })
try {
  const tab = await browser.newPage()
  await tab.goto(`http://127.0.0.1:${port}/`)
  await tab.waitForFunction('globalThis.bench')
  /** @type {Record<string, number>} */
  const costs = await tab.evaluate('bench()')
  const floor = Object.values(costs)[0] ?? 1
  stdout.write('| main thread, production build | µs a call | ratio to the first |\n| --- | ---: | ---: |\n')
  for (const [what, micros] of Object.entries(costs)) {
    stdout.write(`| ${what} | ${micros.toFixed(1)} | ${(micros / floor).toFixed(1)} |\n`)
  }
  /** @type {Record<string, number>} */
  const mounts = await tab.evaluate('mount()')
  const plain = Object.values(mounts)[0] ?? 1
  stdout.write('\n| mounting 10,000 of them | ms | ratio to the first |\n| --- | ---: | ---: |\n')
  for (const [what, ms] of Object.entries(mounts)) {
    stdout.write(`| ${what} | ${ms.toFixed(0)} | ${(ms / plain).toFixed(1)} |\n`)
  }

  const search = '/_[sv]/'
  const overlays = [
    { what: 'no overlay', overlay: '' },
    { what: 'overlay, closed', overlay: 'closed' },
    { what: 'overlay, open at 10,000 attempts', overlay: 'open' },
    { what: `the same, filtered by \`${search}\``, overlay: 'open', text: search },
  ]
  stdout.write(
    '\n| main thread, ms of its own time | 100 attempts in one task | ratio | the overlay’s share | 100 attempts, one in each frame | the overlay’s share |\n| --- | ---: | ---: | ---: | ---: | ---: |\n',
  )
  /** @type {{ readonly burst: number, readonly stream: number } | undefined} */
  let alone
  let after = ''
  for (const { what, overlay, text } of overlays) {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${port}/`)
    await page.waitForFunction('globalThis.watch')
    if (text)
      await page.evaluate(
        (text) => localStorage.setItem('rmc-devtools:timeline', JSON.stringify({ text })),
        text,
      )
    const session = await page.context().newCDPSession(page)
    // What others do on the machine meanwhile does not count.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const heap = async () => {
      await session.send('HeapProfiler.collectGarbage')
      return (await session.send('Runtime.getHeapUsage')).usedSize / 1e6
    }
    const busy = async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
    }
    /** @param {number} count @param {string} act */
    const median = async (count, act) => {
      /** @type {number[]} */
      const rounds = []
      for (let round = 0; round < count; round++) {
        const from = await busy()
        await page.evaluate(act)
        await page.evaluate('settle()')
        rounds.push((await busy()) - from)
      }
      return rounds.sort((a, b) => a - b)[count >> 1] ?? 0
    }
    await page.evaluate(`watch('${overlay}')`)
    const before = await heap()
    for (let hundred = 0; hundred < 100; hundred++) await page.evaluate('attempts(100)')
    const grown = (await heap()) - before
    const burst = await median(21, 'attempts(100)')
    const stream = await median(5, 'attemptInEachFrame(100)')
    alone ??= { burst, stream }
    const share = overlay ? [burst - alone.burst, stream - alone.stream].map((ms) => ms.toFixed(1)) : ['', '']
    stdout.write(
      `| ${what} | ${burst.toFixed(1)} | ${(burst / alone.burst).toFixed(1)} | ${share[0]} | ${stream.toFixed(1)} | ${share[1]} |\n`,
    )
    if (overlay === 'open') {
      /** @type {(px: number) => Promise<{ height: number, most: number, late: number, longTasks: number }>} */
      const scroll = (px) => page.evaluate(`scrollThrough(${px})`)
      const { late, longTasks } = await scroll(0)
      const scrolled = await scroll(480)
      after += `\n${what}: ${grown.toFixed(1)} MB; a list of ${scrolled.height.toLocaleString('en')} px with at most ${scrolled.most} rows in the document; in 240 frames of scrolling by 480 px, ${scrolled.late} frames over 25 ms and ${scrolled.longTasks} long tasks; at rest, ${late} and ${longTasks}.\n`
    }
    await page.close()
  }
  stdout.write(after)
} finally {
  await browser.close()
  server.close()
}
