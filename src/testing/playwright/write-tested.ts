import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TESTED_FORMAT, type TestedAttempt, type TestedFile } from '../../plan/coverage/tested.ts'

/** Writes the attempts of one test into the folder. Another run of the test replaces the file. */
export function writeTested(folder: string, testId: string, attempts: readonly TestedAttempt[]): void {
  const file: TestedFile = { format: TESTED_FORMAT, source: 'e2e', plans: [], attempts }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `e2e-${testId}.json`), JSON.stringify(file))
}
