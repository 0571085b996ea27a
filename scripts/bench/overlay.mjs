import { accounting } from '../peers/tab.mjs'
import { median } from '../peers/table.mjs'

const search = '/_[sv]/'
/** @type {readonly { what: string, overlay: '' | 'closed' | 'open', text?: string }[]} */
const overlays = [
  { what: 'no overlay', overlay: '' },
  { what: 'overlay, closed', overlay: 'closed' },
  { what: 'overlay, open at 10,000 attempts', overlay: 'open' },
  { what: `the same, filtered by \`${search}\``, overlay: 'open', text: search },
]

/**
 * What the overlay costs beside an app: main-thread time of attempts in one task and one in each frame, memory, scrolling.
 * @param {import('./open-bench.mjs').Bench} bench
 */
export async function tableOfOverlays(bench) {
  let table =
    '| main thread, ms of its own time | 100 attempts in one task | ratio | the overlay’s share | 100 attempts, one in each frame | the overlay’s share |\n| --- | ---: | ---: | ---: | ---: | ---: |\n'
  let after = ''
  /** @type {{ readonly burst: number, readonly stream: number } | undefined} */
  let alone
  for (const { what, overlay, text } of overlays) {
    const { grown, burst, stream, scrolled } = await measure(bench, overlay, text)
    alone ??= { burst, stream }
    const share = overlay ? [burst - alone.burst, stream - alone.stream].map((ms) => ms.toFixed(1)) : ['', '']
    table += `| ${what} | ${burst.toFixed(1)} | ${(burst / alone.burst).toFixed(1)} | ${share[0]} | ${stream.toFixed(1)} | ${share[1]} |\n`
    if (scrolled) after += `\n${what}: ${grown.toFixed(1)} MB; ${scrolled}\n`
  }
  return table + after
}

/** @param {import('./open-bench.mjs').Bench} bench @param {string} overlay @param {string} [text] */
async function measure({ openPage }, overlay, text) {
  const page = await openPage()
  if (text)
    await page.evaluate(
      (text) => localStorage.setItem('rmc-devtools:timeline', JSON.stringify({ text })),
      text,
    )
  const { cpuMs, heapBytes } = await accounting(page)
  const medianOf = async (/** @type {number} */ count, /** @type {string} */ act) => {
    /** @type {number[]} */
    const rounds = []
    for (let round = 0; round < count; round++) {
      const from = await cpuMs()
      await page.evaluate(act)
      await page.evaluate('settle()')
      rounds.push((await cpuMs()) - from)
    }
    return median(rounds) ?? 0
  }
  await page.evaluate(`watch('${overlay}')`)
  const before = await heapBytes()
  for (let hundred = 0; hundred < 100; hundred++) await page.evaluate('attempts(100)')
  const grown = ((await heapBytes()) - before) / 1e6
  const burst = await medianOf(21, 'attempts(100)')
  const stream = await medianOf(5, 'attemptInEachFrame(100)')
  const scrolled = overlay === 'open' ? await scroll(page) : ''
  await page.close()
  return { grown, burst, stream, scrolled }
}

/** @param {import('playwright').Page} page */
async function scroll(page) {
  /** @typedef {{ height: number, most: number, late: number, longTasks: number }} Scrolled */
  const through = async (/** @type {number} */ px) =>
    /** @type {Scrolled} */ (await page.evaluate(`scrollThrough(${px})`))
  const rest = await through(0)
  const { height, most, late, longTasks } = await through(480)
  return `a list of ${height.toLocaleString('en')} px with at most ${most} rows in the document; in 240 frames of scrolling by 480 px, ${late} frames over 25 ms and ${longTasks} long tasks; at rest, ${rest.late} and ${rest.longTasks}.`
}
