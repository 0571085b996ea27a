import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventRow } from '../../src/collector/rows/row.ts'
import { attempt } from '../../src/support/attempt.ts'

/** Reads a folder of `ndjson()`, also while it is written. */
export function storedRows(dir: string) {
  const files = existsSync(dir)
    ? readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ndjson'))
    : []
  const texts = files.map((name) => readFileSync(join(dir, name), 'utf8'))
  const lines = texts.flatMap((text) => text.split('\n').slice(0, -1))
  const rows = lines.flatMap((line): EventRow[] => attempt(() => JSON.parse(line)) ?? [])
  return {
    files,
    rows,
    /** Whole lines that are no JSON. */
    unreadable: lines.length - rows.length,
    /** Files whose last line has no end. */
    torn: texts.filter((text) => text !== '' && !text.endsWith('\n')).length,
  }
}
