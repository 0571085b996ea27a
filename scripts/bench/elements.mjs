const ROUNDS = 41

/**
 * What 1,000 components cost beside plain links. Each kind has a page of its own, so that it is compiled for itself.
 * @param {import('./open-bench.mjs').Bench} bench
 */
export async function tableOfElements(bench) {
  let table =
    '| 1,000 of them | mount, ms | ratio | again, ms | ratio | bytes each, more than a plain link |\n| --- | ---: | ---: | ---: | ---: | ---: |\n'
  const first = await bench.openPage()
  const [plain = '', ...kinds] = /** @type {string[]} */ (await first.evaluate('elements'))
  await first.close()
  const ofPlain = await bytesOf(bench, plain)
  for (const kind of kinds) {
    const page = await bench.openPage()
    const phases = /** @type {{ ms: number, ratio: number }[]} */ (
      await page.evaluate(`compare(${JSON.stringify(kind)}, ${ROUNDS})`)
    )
    await page.close()
    const cells = phases.map(({ ms, ratio }) => `${ms.toFixed(2)} | ${ratio.toFixed(2)}`)
    const bytes = (await bytesOf(bench, kind)) - ofPlain
    table += `| ${kind} | ${cells.join(' | ')} | ${bytes.toFixed(0)} |\n`
  }
  return table
}

/**
 * Bytes of JavaScript heap that one element keeps, after a collection, when it was rendered twice.
 * @param {import('./open-bench.mjs').Bench} bench
 * @param {string} kind
 */
async function bytesOf({ openPage }, kind) {
  const page = await openPage()
  const session = await page.context().newCDPSession(page)
  const heap = async () => {
    for (let times = 0; times < 3; times++) await session.send('HeapProfiler.collectGarbage')
    return (await session.send('Runtime.getHeapUsage')).usedSize
  }
  const stay = `renderTwice(${JSON.stringify(kind)}, true)`
  // What the first of its kind costs is not of each element.
  await page.evaluate(stay)
  const before = await heap()
  await page.evaluate(stay)
  const bytes = ((await heap()) - before) / 1_000
  await page.close()
  return bytes
}
