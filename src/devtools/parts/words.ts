import type { Decision, Delivery, DeliveryState, Outcome, Reason } from '../../engine/types.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import type { FrequencyRule, FrequencyScope } from '../../plan/frequency.ts'
import { duration } from './time-words.ts'

export const outcomes: readonly Outcome[] = ['fired', 'held', 'dropped', 'shadowed']

/** The outcome as the overlay writes it. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  fired: 'Fired',
  held: 'Held',
  dropped: 'Dropped',
  shadowed: 'Shadowed',
}

/** What a delivery's state means. */
export const deliveryWords: Readonly<Record<DeliveryState, string>> = {
  held: 'waits for consent',
  queued: 'is queued',
  sent: 'got it',
  retrying: 'failed, and is tried again',
  rejected: 'refused it',
  expired: 'never got it: it waited too long',
  denied: 'does not get it: consent was denied',
  unknown: 'was handed it, and does not answer',
}

/** The reason in a few words, for a line of the timeline. */
export const reasonWords = {
  admitted: '',
  'consent-pending': 'waits for consent',
  prerendering: 'waits for the page to be shown',
  'not-in-browser': 'not in a browser',
  'unknown-event': 'not in the plan',
  'invalid-properties': 'properties do not fit the plan',
  'code-threw': 'code of this site failed',
  'personal-data': 'looks like personal data',
  'not-counted': 'success criterion not met',
  retired: 'retired in the plan',
  draft: 'still a draft in the plan',
  shadow: 'tried unseen',
  'not-in-rollout': 'visitor not in the rollout',
  frequency: 'frequency rule',
  repeated: 'already reported on this page',
  superseded: 'counted by another tab',
  'sampled-out': 'visitor not in the sample',
  'consent-denied': 'consent denied',
  'before-send': 'stopped by beforeSend',
  'suspected-bot': 'suspected bot',
  'queue-full': 'too many were waiting',
  'hold-expired': 'waited too long for consent',
  withdrawn: 'consent withdrawn',
  'no-destination': 'no destination takes it',
  disabled: 'tracking is off',
} satisfies Record<Reason, string>

export function reasonInWords(
  decision: Pick<Decision, 'reason' | 'frequency' | 'deliveries' | 'would'>,
): string {
  const { reason, would } = decision
  if (reason === 'frequency') {
    const closed = decision.frequency.find((state) => !state.open)
    if (closed) return closed.count < closed.rule.max ? gapInWords(closed.rule) : limitInWords(closed.rule)
  }
  if (reason === 'shadow' && would) return `would be ${outcomeWords[would.outcome].toLowerCase()}`
  if (reason === 'admitted') return deliveriesInWords(decision.deliveries)
  return reasonWords[reason]
}

/** The line under an event's name: its reason, or what went wrong although it was not dropped. */
export function newsOf(decision: Decision): { readonly text: string; readonly trouble: boolean } {
  if (decision.outcome !== 'dropped' && hasInvalid(decision))
    return { text: reasonWords['invalid-properties'], trouble: true }
  const troubles = Object.entries(decision.deliveries).filter(([, delivery]) => isTrouble(delivery))
  if (troubles.length > 0) return { text: deliveriesInWords(Object.fromEntries(troubles)), trouble: true }
  return { text: reasonInWords(decision), trouble: false }
}

/** `sent to http · queued for ga4`; empty without deliveries. */
export function deliveriesInWords(deliveries: Decision['deliveries']): string {
  const byState = new Map<DeliveryState, string[]>()
  for (const [name, { state }] of Object.entries(deliveries))
    byState.set(state, [...(byState.get(state) ?? []), name])
  return [...byState].map(([state, names]) => `${shortDelivery[state]} ${names.join(', ')}`).join(' · ')
}

const shortDelivery: Readonly<Record<DeliveryState, string>> = {
  held: 'held for',
  queued: 'queued for',
  sent: 'sent to',
  retrying: 'retrying',
  rejected: 'rejected by',
  expired: 'expired for',
  denied: 'denied for',
  unknown: 'handed to',
}

/** `waits`: nothing is wrong, it has not come to pass. `unknown`: nobody can tell before it is tried. */
export type CheckState = 'passes' | 'fails' | 'waits' | 'unknown'

/** `good`, waiting, by design, or a mistake that somebody should mend. */
export type Tone = 'good' | 'waiting' | 'quiet' | 'problem'

const problems: ReadonlySet<Reason> = new Set([
  'unknown-event',
  'invalid-properties',
  'code-threw',
  'personal-data',
  'queue-full',
  'no-destination',
  'retired',
])

export function toneOf({ outcome, reason }: Decision): Tone {
  if (problems.has(reason)) return 'problem'
  return outcome === 'fired' ? 'good' : outcome === 'held' ? 'waiting' : 'quiet'
}

export function isTrouble({ state }: Delivery): boolean {
  return state === 'rejected' || state === 'expired' || state === 'retrying'
}

/** Properties are invalid; not only cleaned. */
export const hasInvalid = ({ issues }: Pick<Decision, 'issues'>): boolean =>
  issues?.some(({ kind }) => kind === undefined) ?? false

/** How an attempt stands to the plan. `invalid`: its properties · `deprecated`: retired too. */
export type PlanState = 'planned' | 'unplanned' | 'invalid' | 'deprecated'

export function planStateOf(decision: Decision, plan: AnyPlan): PlanState {
  const { event, reason } = decision
  const planned = plan.events.get(event)
  if (!planned) return 'unplanned'
  if (reason === 'invalid-properties' || (reason !== 'code-threw' && hasInvalid(decision))) return 'invalid'
  return planned.status === 'deprecated' || planned.status === 'retired' ? 'deprecated' : 'planned'
}

const scopeWords = { page: 'page', tab: 'tab', session: 'session', user: 'visitor' } as const

function perInWords(per: FrequencyScope): string {
  return typeof per === 'string' ? `per ${scopeWords[per]}` : `in ${duration(per.windowMs)}`
}

export function limitInWords({ max, per, key }: FrequencyRule): string {
  const times = max === 1 ? 'once' : `at most ${max} times`
  return `${times} ${perInWords(per)}${keyInWords(key)}`
}

export function gapInWords({ minGapMs = 0, key }: FrequencyRule): string {
  return `at least ${duration(minGapMs)} apart${keyInWords(key)}`
}

function keyInWords(key: FrequencyRule['key']): string {
  return key === undefined ? '' : key === 'fact' ? ' for each fact' : ' for each key'
}
