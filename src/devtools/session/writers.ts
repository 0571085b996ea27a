import type { AnyPlan } from '../../plan/define-plan.ts'
import type { FormatName } from './formats.ts'
import type { TestOptions } from './generated-test.ts'
import { playwrightTest, storybookPlay } from './page-test.ts'
import { reportOf } from './report.ts'
import { curlOf, harOf } from './requests.ts'
import { type Session, writeSession } from './session-file.ts'
import { csvOf, ticketOf } from './tables.ts'
import { vitestTest } from './vitest-test.ts'

export interface WriterInput extends TestOptions {
  /**
   * Session to write. A test needs all attempts, because an earlier one may be a cause; every other format gets only
   * those in `attempts`.
   */
  readonly session: Session
  readonly plan: AnyPlan
  /** Numbers of the selected attempts. */
  readonly attempts: readonly number[]
}

export const writers: Readonly<Record<FormatName, (input: WriterInput) => string>> = {
  json: ({ session }) => writeSession(session),
  ticket: ({ session, plan, attempts }) =>
    ticketOf(session, plan, attempts.length === 1 ? attempts[0] : undefined),
  report: ({ session, plan }) => reportOf(session, plan),
  csv: ({ session }) => csvOf(session),
  har: ({ session }) => harOf(session),
  curl: ({ session }) => curlOf(session),
  vitest: ({ session, attempts, ...options }) => vitestTest(session, attempts, options),
  playwright: ({ session, attempts, ...options }) => playwrightTest(session, attempts, options),
  storybook: ({ session, attempts, ...options }) => storybookPlay(session, attempts, options),
}

export type Writers = typeof writers
