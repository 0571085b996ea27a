import type { Finding, PersonalDataPolicy } from '../../engine/personal-data/finding.ts'
import { withoutPersonalData } from '../../engine/personal-data/personal-data.ts'
import type { Properties } from '../../engine/pipeline/occurrence.ts'
import type { Decision } from '../../engine/record/decision.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { attempt } from '../../support/attempt.ts'
import { findingInWords } from '../parts/detail-words.ts'
import { plural } from '../parts/time-words.ts'
import { type Concern, MAX_SHOWN } from './concern.ts'

/** Personal data found at one path, and what happened to the events. Never the text itself. */
export interface PrivacyFinding extends Finding {
  /** Destination whose payload contains it; undefined if the event itself does. */
  readonly destination?: string | undefined
  readonly times: number
  /** Number of these events that the guard dropped. */
  readonly blocked: number
  readonly events: readonly string[]
  readonly attempts: readonly number[]
}

/** Lists the guard's findings, and the personal data that destination payloads still contain. */
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

/** Returns whether `findingsIn` would report the decision. */
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

/** Checks each payload once: the same object serves every state of its delivery. */
function findingsOf(payload: unknown, allowed: readonly string[] | undefined): readonly Finding[] {
  if (typeof payload !== 'object' || payload === null) return []
  const known = checked.get(payload)
  if (known) return known
  const findings = attempt(() => withoutPersonalData(payload as Properties, allowed).findings) ?? []
  checked.set(payload, findings)
  return findings
}

/** Returns the names of query parameters that the page has and the record lacks. Never their values. */
export function removedParameters(href: string, kept: string): readonly string[] {
  const names = (url: string) => attempt(() => [...new URL(url).searchParams.keys()]) ?? []
  const left = new Set(names(kept))
  return [...new Set(names(href))].filter((name) => !left.has(name))
}

/** Lists the properties of each event that the guard ignores because of `pii`. */
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
        fix: 'It came in after the guard: by `beforeSend`, by the destination’s form, or by a property that `pii` allows under another name.',
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
      fix: 'Give an id or a category in its place, or name the property in `pii` of the event if it is meant.',
    }
  })
}
