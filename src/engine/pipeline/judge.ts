import type { AnyPlan } from '../../plan/define-plan.ts'
import { entriesOf, type Ledger } from '../counts/ledger.ts'
import { scopesOf } from '../counts/scopes.ts'
import type { Advice } from '../decision/advice.ts'
import { check, unchecked } from '../decision/check.ts'
import { decide, type Verdict, type World } from '../decision/decide.ts'
import type { InvalidPolicy } from '../decision/issue.ts'
import { unitsOf } from '../decision/participation.ts'
import type { Finding } from '../personal-data/finding.ts'
import type { Guard } from '../personal-data/guard.ts'
import type { Reason } from '../record/decision.ts'
import { isKept } from '../record/record.ts'
import type { Who } from '../who/who.ts'
import type { Occurrence } from './occurrence.ts'

interface JudgeOptions {
  readonly plan: AnyPlan
  readonly invalid: InvalidPolicy
  readonly guard: Guard
  readonly unwantedBot: boolean
  readonly ledger: Ledger
  /** Counts shadow events separately, in memory: an event that goes live starts with an empty ledger. */
  readonly shadowLedger: Ledger
  readonly destinations: () => World['destinations']
  /** Returns whether the ids of user and session are final. */
  readonly isSettled: () => boolean
  readonly advice: Pick<Advice, 'threw'> | undefined
}

/** Judges occurrences by the plan, the counts and the consent of now. Has no effects. */
export function createJudge(options: JudgeOptions) {
  const { plan, invalid, guard, unwantedBot, ledger, shadowLedger, advice } = options

  /** Returns everything that a decision looks at. */
  function worldOf(occurrence: Occurrence, findings: readonly Finding[], who: Who, eventId: string): World {
    const scopes = scopesOf(occurrence, who)
    return {
      now: occurrence.time,
      units: unitsOf(who, eventId),
      unsettled: !options.isSettled(),
      invalid,
      guard,
      findings,
      unwantedBot,
      times: (claim, shadow) =>
        entriesOf([claim], scopes).flatMap(({ id }) => (shadow ? shadowLedger : ledger).times(id)),
      destinations: isKept(occurrence) ? [] : options.destinations(),
    }
  }

  function broken(occurrence: Occurrence, error: unknown): Verdict {
    advice?.threw(occurrence.event, error)
    const { value, findings } = guard.check(occurrence.properties, 'properties')
    return { ...ended({ ...occurrence, properties: value }, 'dropped', 'code-threw'), findings }
  }

  return {
    worldOf,
    /** Validates and copies the properties of the caller, once. */
    freeze(given: Occurrence, id?: unknown): Occurrence {
      if (given.checked) return given
      try {
        return check(plan.events.get(given.event), given, id)
      } catch (error) {
        advice?.threw(given.event, error)
        return unchecked(given, error)
      }
    },
    judge(occurrence: Occurrence, findings: readonly Finding[], who: Who, eventId: string): Verdict {
      try {
        const planned = plan.events.get(occurrence.event)
        return decide(occurrence, planned, worldOf(occurrence, findings, who, eventId))
      } catch (error) {
        return broken(unchecked(occurrence, error), error)
      }
    },
    /** Ends an occurrence without judging it. */
    refuse(given: Occurrence, outcome: 'held' | 'dropped', reason: Reason) {
      const frozen = given.checked ? given : check(undefined, given)
      const { value: occurrence, findings } = guard.checkAround(frozen)
      const { value, findings: inside } = guard.check(occurrence.properties, 'properties')
      const verdict = ended({ ...occurrence, properties: value }, outcome, reason)
      return { occurrence, verdict: { ...verdict, findings: [...findings, ...inside] } }
    },
  }
}

export type Judge = ReturnType<typeof createJudge>

const nothingFound = {
  claims: [],
  frequency: [],
  invalid: [],
  refused: {},
  stripping: [],
  findings: [],
  sampleRate: 1,
  passed: false,
  eligible: {},
}

function ended({ properties, checked }: Occurrence, outcome: 'held' | 'dropped', reason: Reason): Verdict {
  const issues = checked?.issues.length ? checked.issues : undefined
  return { ...nothingFound, properties, issues, outcome, reason }
}
