import type { Decision } from '../../engine/record/decision.ts'
import type { RecordState } from '../../engine/record/record-view.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { libraryVersion } from '../../support/version.ts'
import { type Allowed, hiddenKey, redact } from './redact.ts'

export const SESSION_FORMAT = 'rmc-session'
export const SESSION_VERSION = 1
/** Maximum size of a file to open, larger than a full record. */
export const MAX_FILE_BYTES = 40_000_000

/** Recorded session that is safe to share: without values that are not in `allowed`. */
export interface Session extends Omit<RecordState, 'decisions' | 'unknownOutcomes' | 'unobserved'> {
  readonly format: typeof SESSION_FORMAT
  readonly version: typeof SESSION_VERSION
  readonly plan: { readonly name: string; readonly version: string }
  /** Version of the library. */
  readonly library: string
  /** Time of creation in epoch ms. */
  readonly made: number
  /** Names whose values the session contains. */
  readonly allowed: readonly string[]
  readonly notes?: string | undefined
  /** Decisions, oldest first. */
  readonly decisions: readonly Decision[]
}

export interface SessionOptions {
  /** Time of creation in epoch ms. */
  readonly made: number
  /** Names whose values to include. Default none. */
  readonly allowed?: Allowed | undefined
  readonly notes?: string | undefined
}

/** Creates a session from the record. All exports use it, because it redacts every decision. */
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

/** JSON forms of a rule without a limit, and of a rule's key function. */
export const unlimited = 'unlimited'
export const keyFunction = 'function'

function asJson(_: string, value: unknown): unknown {
  if (value === Number.POSITIVE_INFINITY) return unlimited
  return value === hiddenKey ? keyFunction : value
}
