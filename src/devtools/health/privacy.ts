import { withoutPersonalData } from '../../engine/personal-data.ts'
import type { Decision, Finding, PersonalDataPolicy, Properties } from '../../engine/types.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { attempt } from '../../support/attempt.ts'
import { plural } from '../parts/time-words.ts'
import { findingInWords } from '../parts/words.ts'
import { type Concern, MAX_SHOWN } from './concern.ts'

/** What was found at one place, and what became of it. Never the text. */
export interface PrivacyFinding extends Finding {
  /** Undefined: in the event itself; else in the form that this destination gets. */
  readonly destination?: string | undefined
  readonly times: number
  /** Of those, dropped for it. */
  readonly blocked: number
  readonly events: readonly string[]
  readonly attempts: readonly number[]
}

/** What the guard found, and what a destination's own form would still carry. */
export function findingsIn(decisions: readonly Decision[], plan: AnyPlan): readonly PrivacyFinding[] {
  const found = new Map<string, PrivacyFinding>()
  const add = (decision: Decision, { kind, path }: Finding, destination?: string) => {
    const key = [destination, kind, path].join('|')
    const before = found.get(key)
    found.set(key, {
      kind,
      path,
      destination,
      times: (before?.times ?? 0) + 1,
      blocked: (before?.blocked ?? 0) + Number(decision.reason === 'personal-data'),
      events: [...new Set([...(before?.events ?? []), decision.event])],
      attempts: [...(before?.attempts ?? []), decision.number].slice(-MAX_SHOWN),
    })
  }
  for (const decision of decisions) {
    for (const finding of decision.personalData ?? []) add(decision, finding)
    for (const [destination, findings] of deliveredFindings(decision, plan))
      for (const finding of findings) add(decision, finding, destination)
  }
  return [...found.values()]
}

/** Whether `findingsIn` has anything to tell of it. */
export function isSuspect(decision: Decision, plan: AnyPlan): boolean {
  return decision.personalData !== undefined || deliveredFindings(decision, plan).length > 0
}

function deliveredFindings({ event, deliveries }: Decision, plan: AnyPlan) {
  const allowed = plan.events.get(event)?.pii
  return Object.entries(deliveries).flatMap(([destination, { payload }]) => {
    const findings = findingsOf(payload, allowed)
    return findings.length > 0 ? [[destination, findings] as const] : []
  })
}

const checked = new WeakMap<object, readonly Finding[]>()

/** A payload is checked once: it is the same object in each state of its delivery. */
function findingsOf(payload: unknown, allowed: readonly string[] | undefined): readonly Finding[] {
  if (typeof payload !== 'object' || payload === null) return []
  const known = checked.get(payload)
  if (known) return known
  const findings = attempt(() => withoutPersonalData(payload as Properties, allowed).findings) ?? []
  checked.set(payload, findings)
  return findings
}

/** Names of query parameters that the page has and the record does not. Never a value. */
export function removedParameters(href: string, kept: string): readonly string[] {
  const names = (url: string) => attempt(() => [...new URL(url).searchParams.keys()]) ?? []
  const left = new Set(names(kept))
  return [...new Set(names(href))].filter((name) => !left.has(name))
}

/** Events whose properties the guard leaves alone. */
export function allowancesOf({
  events,
}: AnyPlan): readonly (readonly [event: string, names: readonly string[]])[] {
  return [...events].flatMap(([name, { pii }]) => (pii?.length ? [[name, pii] as const] : []))
}

export function privacyConcerns(
  findings: readonly PrivacyFinding[],
  policy: PersonalDataPolicy | undefined,
): readonly Concern[] {
  return findings.map((finding) => {
    const { kind, path, destination, times, blocked, events, attempts } = finding
    const found = findingInWords({ kind, path })
    const common = { id: ['privacy', destination, kind, path].join('|'), attempts }
    if (destination)
      return {
        ...common,
        tone: 'problem',
        title: `What ${destination} gets seems to carry ${found}`,
        evidence: [`${plural(times, 'time')}, in ${events.join(', ')}`],
        mend: 'It came in after the guard: by `beforeSend`, by the destination’s form, or by a property that `pii` allows under another name.',
      }
    return {
      ...common,
      tone: blocked ? 'problem' : 'note',
      title: blocked ? `Dropped for ${found}` : `Replaced: ${found}`,
      evidence: [
        `${plural(times, 'time')}, in ${events.join(', ')}`,
        blocked
          ? `${plural(blocked, 'attempt')} dropped${policy === 'block' ? '; in production it is replaced instead' : ''}`
          : 'what left has a mark in its place',
      ],
      mend: 'Give an id or a category in its place, or name the property in `pii` of the event if it is meant.',
    }
  })
}
