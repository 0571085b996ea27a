import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { startCollector } from './collector-process.ts'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rmc-collector-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Starts a collector until the test ends. */
export async function startCollectorProcess(...given: Parameters<typeof startCollector>) {
  const collector = await startCollector(...given)
  onTestFinished(collector.kill)
  return collector
}
