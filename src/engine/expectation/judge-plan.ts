import type { AnyPlan } from '../../plan/define-plan.ts'
import { didYouMean } from '../../support/nearest.ts'
import type { Decision } from '../record/decision.ts'
import { actual, type Judgement } from './judge.ts'
import { issueText } from './verdict.ts'

const MAX_LISTED = 10

/**
 * Judges whether the plan has every event that was attempted, and no attempt had invalid properties. Default plan: the
 * tracker's.
 */
export function judgePlan(decisions: readonly Decision[], plan?: AnyPlan): Judgement {
  const attempts = actual(decisions)
  const found = attempts.map((attempt) => ({ attempt, fault: faultOf(attempt, plan) }))
  const faults = found.filter(({ fault }) => fault !== undefined)
  const pass = faults.length === 0
  const whose = plan ? `the plan "${plan.name}"` : 'the plan'
  if (pass) return { pass, matches: attempts, message: `All attempts match ${whose}: ${attempts.length}.` }
  const lines = faults
    .slice(0, MAX_LISTED)
    .map(({ attempt: { number, event }, fault }) => `  no. ${number} "${event}": ${fault}`)
  const more = faults.length > MAX_LISTED ? [`  and ${faults.length - MAX_LISTED} more`] : []
  const matches = found.filter(({ fault }) => fault === undefined).map(({ attempt }) => attempt)
  const head = `${faults.length} of ${attempts.length} attempts ${faults.length === 1 ? 'does' : 'do'} not match ${whose}.`
  return { pass, matches, message: [head, ...lines, ...more].join('\n') }
}

function faultOf({ event, reason, issues = [] }: Decision, plan: AnyPlan | undefined): string | undefined {
  const isPlanned = plan ? plan.events.has(event) : reason !== 'unknown-event'
  if (!isPlanned) return `the plan has no such event.${didYouMean(event, [...(plan?.events.keys() ?? [])])}`
  const invalid = issues.filter(({ kind }) => kind === undefined)
  return invalid.length ? invalid.map(issueText).join('; ') : undefined
}
