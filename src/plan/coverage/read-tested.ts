import { attempt } from '../../support/attempt.ts'
import { sources, TESTED_FORMAT, type TestedFile } from './tested.ts'

/** Reads the text of a file of tests. Undefined if it is something else. */
export function readTested(text: string): TestedFile | undefined {
  const file = attempt(() => JSON.parse(text) as Partial<TestedFile>)
  const isKnown = file?.format === TESTED_FORMAT && sources.some((source) => source === file.source)
  return isKnown && Array.isArray(file.plans) && Array.isArray(file.attempts)
    ? (file as TestedFile)
    : undefined
}
