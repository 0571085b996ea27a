/**
 * What each kind of `track` costs the caller, beside what a page pays for any event at all.
 * @param {import('./open-bench.mjs').Bench} bench
 */
export async function tableOfCalls({ openPage }) {
  const page = await openPage()
  /** @type {Record<string, number>} */
  const costs = await page.evaluate('calls()')
  await page.close()
  const floor = Object.values(costs)[0] ?? 1
  const rows = Object.entries(costs).map(
    ([what, micros]) => `| ${what} | ${micros.toFixed(1)} | ${(micros / floor).toFixed(1)} |\n`,
  )
  return `| main thread, production build | µs a call | ratio to the first |\n| --- | ---: | ---: |\n${rows.join('')}`
}
