import type { Known } from '../../engine/expectation/judge.ts'
import type { RecordState } from '../../engine/record/record-view.ts'
import type { Tested } from '../../plan/coverage/tested.ts'
import { testedBy } from '../../testing/coverage/collect.ts'
import {
  type ExpectationResult,
  failuresIn,
  judgeAll,
  type ReportStatus,
  statusOf,
  type WantedEvent,
  wantedBy,
} from '../expected.ts'
import type { MicroconversionsParameters } from '../parameters.ts'
import { REPORT_TYPE } from '../protocol.ts'
import { plain } from './publish.ts'
import { logOf } from './story-log.ts'

/** Report of a story, as Storybook and Vitest keep it. */
export interface StoryReport {
  readonly type: string
  readonly version: 1
  readonly result: {
    /** The mount that was judged, as in `StoryNews`. */
    readonly mount: number
    readonly results: readonly ExpectationResult[]
    /** For the plan coverage. */
    readonly tested: Tested
  }
  readonly status: ReportStatus
}

const PATIENCE_MS = 1_000
const PAUSE_MS = 50

/**
 * Judges a story after `play`. Waits up to a second for expectations to pass, because some decisions come later, as after storage
 * has answered.
 */
export async function reportOf(
  storyId: string,
  { expect, test = 'error' }: MicroconversionsParameters,
): Promise<StoryReport> {
  const wanted = test === 'off' ? [] : wantedBy(expect)
  const results = await patiently(() => judged(logOf(storyId)?.record(), wanted))
  const log = logOf(storyId)
  const result = { mount: log?.mount ?? 0, results, tested: testedBy(log?.records() ?? []) }
  return { type: REPORT_TYPE, version: 1, result, status: statusOf(results, test) }
}

function judged(
  record: (Known & Pick<RecordState, 'decisions'>) | undefined,
  wanted: readonly WantedEvent[],
) {
  // Judged before the copy as JSON, which would lose matchers such as `expect.any(Number)`.
  return judgeAll(record?.decisions ?? [], wanted, record ?? {})
}

async function patiently(look: () => readonly ExpectationResult[]): Promise<readonly ExpectationResult[]> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const results = look()
    if (results.every(({ pass }) => pass) || Date.now() >= end) return plain(results)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/**
 * Throws the messages of failed expectations where a test runner runs the story: there a report alone fails nothing. In
 * Storybook itself the report fails the story, and its page shows no error.
 */
export function failInTest({ status, result }: StoryReport): void {
  const isInStorybook = '__STORYBOOK_PREVIEW__' in globalThis
  if (status === 'failed' && !isInStorybook) throw new Error(failuresIn(result.results))
}
