import type { Decision, RecordState } from '../../engine/types.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { libraryVersion } from '../../support/version.ts'
import { type Allowed, hiddenKey, redact } from './redact.ts'

export const SESSION_FORMAT = 'rmc-session'
export const SESSION_VERSION = 1
/** Of a file that is opened: far above what a record can hold. */
export const MAX_FILE_BYTES = 40_000_000

/** What one visit to a page has recorded, as it may be passed on: without values that nobody allowed. */
export interface Session extends Omit<RecordState, 'decisions' | 'unknownOutcomes' | 'unobserved'> {
  readonly format: typeof SESSION_FORMAT
  readonly version: typeof SESSION_VERSION
  readonly plan: { readonly name: string; readonly version: string }
  /** Version of this library. */
  readonly library: string
  /** Epoch ms. */
  readonly made: number
  /** Names whose values are in it. */
  readonly allowed: readonly string[]
  readonly notes?: string | undefined
  /** Oldest first. */
  readonly decisions: readonly Decision[]
}

export interface SessionOptions {
  /** Epoch ms. */
  readonly made: number
  /** Default none. */
  readonly allowed?: Allowed | undefined
  readonly notes?: string | undefined
}

/** The one way out of the record: redacts first. */
export function sessionOf(
  record: RecordState,
  plan: Pick<AnyPlan, 'name' | 'version'>,
  { made, allowed = new Set(), notes }: SessionOptions,
): Session {
  const { decisions, ...state } = record
  return {
    format: SESSION_FORMAT,
    version: SESSION_VERSION,
    plan: { name: plan.name, version: plan.version },
    library: libraryVersion,
    made,
    allowed: [...allowed].sort(),
    ...(notes && { notes }),
    consent: state.consent,
    storage: state.storage,
    forgotten: state.forgotten,
    counts: state.counts,
    delivered: state.delivered,
    personalData: state.personalData,
    anomalies: state.anomalies,
    decisions: decisions.map((decision) => redact(decision, allowed)),
  }
}

export function writeSession(session: Session): string {
  return JSON.stringify(session, asJson, 2)
}

/** Of a rule: no limit, and the key that is a function. */
export const unlimited = 'unlimited'
export const keyFunction = 'function'

function asJson(_: string, value: unknown): unknown {
  if (value === Number.POSITIVE_INFINITY) return unlimited
  return value === hiddenKey ? keyFunction : value
}
