import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventRow } from '../../collector/rows/row.ts'
import type { Manifest } from '../../plan/manifest.ts'

const FLUSH_LINES = 20_000

/** Writes rows as `ndjson()` does: a folder for each day received, and the manifest of the plan. Returns the number of rows. */
export function writeStore(dir: string, manifest: Manifest, groups: Iterable<readonly EventRow[]>): number {
  mkdirSync(join(dir, 'plans'), { recursive: true })
  writeFileSync(
    join(dir, 'plans', `${manifest.plan}-${manifest.version}.json`),
    `${JSON.stringify(manifest, null, 2)}\n`,
  )
  const waiting = new Map<string, string[]>()
  let lines = 0
  let rows = 0
  const flush = () => {
    for (const [day, texts] of waiting) {
      mkdirSync(join(dir, day), { recursive: true })
      appendFileSync(join(dir, day, 'simulated.ndjson'), `${texts.join('\n')}\n`)
    }
    waiting.clear()
    lines = 0
  }
  for (const group of groups) {
    for (const row of group) {
      const day = new Date(row.received_at).toISOString().slice(0, 10)
      const texts = waiting.get(day)
      if (texts) texts.push(JSON.stringify(row))
      else waiting.set(day, [JSON.stringify(row)])
    }
    rows += group.length
    lines += group.length
    if (lines >= FLUSH_LINES) flush()
  }
  flush()
  return rows
}
