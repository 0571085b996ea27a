import { rmSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { collectorRatios } from './collectors.ts'
import { type Cost, noteOn, type Ratio, reportRatios } from './reports.ts'

/** Measures collectors once, and reports for each number of events. Returns a table of ratios with their targets. */
export async function measureReports(sizes: readonly number[]): Promise<string> {
  const rows = [...(await collectorRatios())]
  const costs: Cost[] = []
  for (const events of sizes) {
    const measured = await reportRatios(events)
    rows.push(...measured.ratios)
    costs.push(measured.whole)
    rmSync(measured.folder, { recursive: true, force: true })
  }
  const [small, large] = [costs[0], costs.at(-1)]
  if (small && large && sizes.length > 1) {
    const growth = (sizes.at(-1) ?? 1) / (sizes[0] ?? 1)
    rows.push({
      what: `report, ${growth} times the events`,
      ratio: large.seconds / small.seconds,
      target: 1.5 * growth,
      most: true,
      note: noteOn(large, small),
    })
  }
  return [...rows.map(lineOf), `${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`].join('\n')
}

function lineOf({ what, ratio, target, most, note }: Ratio): string {
  const met = target === undefined || (most ? ratio <= target : ratio >= target)
  const bound = target === undefined ? 'no target' : `${most ? 'at most' : 'at least'} ${target}`
  return `${met ? '✓' : '✖'} ${what.padEnd(62)} ${ratio.toFixed(3).padStart(9)}  ${bound}${note ? `  (${note})` : ''}`
}
