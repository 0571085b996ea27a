import type { Issue } from '../decision/issue.ts'
import type { Decision, Reason, RuleState } from '../record/decision.ts'

/**
 * Returns the outcome of an attempt and its reason, as far as the decision knows it:
 * `dropped: frequency (at most 1 per page, 1 before it)`.
 */
export function verdictOf(decision: Decision): string {
  const details = detailsOf(decision)
  return `${decision.outcome}: ${decision.reason}${details.length ? ` (${details.join('; ')})` : ''}`
}

function detailsOf({
  reason,
  frequency,
  consent,
  issues = [],
  personalData = [],
}: Decision): readonly string[] {
  const answers = () => Object.entries(consent).map(([category, state]) => `${category} ${state}`)
  const faults = () => issues.filter(({ kind }) => kind === undefined).map(issueText)
  const details: Partial<Record<Reason, () => readonly string[]>> = {
    frequency: () => frequency.filter(({ open }) => !open).map(ruleText),
    'consent-denied': answers,
    'consent-pending': answers,
    'invalid-properties': faults,
    'code-threw': () => issues.map(({ message }) => message),
    'personal-data': () => personalData.map(({ kind, path }) => `${kind} in ${path}`),
  }
  return details[reason]?.() ?? []
}

/** Returns a text such as `tier: expected "pro"`. */
export function issueText({ path = [], message }: Issue): string {
  const where = path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  return where ? `${where}: ${message}` : message
}

function ruleText({ rule, per, key, count }: RuleState): string {
  const whose = key ? ` for ${key}` : ''
  const gap = rule.minGapMs === undefined ? '' : `${time(rule.minGapMs)} apart`
  // JSON has no Infinity.
  if (typeof rule.max !== 'number' || !Number.isFinite(rule.max)) return `${gap}${whose}, ${count} before it`
  const scope = typeof per === 'string' ? per : time(per.windowMs)
  return `at most ${rule.max} per ${scope}${gap && `, ${gap}`}${whose}, ${count} before it`
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

/** Formats a time in the largest unit that divides it: `7d`, `90s`. */
function time(ms: number): string {
  const [unit, unitMs] = units.find(([, each]) => ms % each === 0) ?? (['ms', 1] as const)
  return `${ms / unitMs}${unit}`
}
