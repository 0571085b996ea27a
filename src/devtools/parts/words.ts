import type { Delivery, DeliveryCounts, DeliveryState } from '../../engine/delivery/delivery.ts'
import type { Decision, Outcome, Reason } from '../../engine/record/decision.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { gapInWords, limitInWords } from '../../plan/words/frequency-in-words.ts'
import { inDigits } from './time-words.ts'

export const outcomes: readonly Outcome[] = ['fired', 'held', 'dropped', 'shadowed']

/** Label of each outcome. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  fired: 'Fired',
  held: 'Held',
  dropped: 'Dropped',
  shadowed: 'Shadow',
}

/** Description of each delivery state, after the name of an event or a destination. A state in which the event is lost says so. */
export const deliveryWords: Readonly<Record<DeliveryState, string>> = {
  held: 'waits for consent',
  queued: 'queued',
  sent: 'delivered',
  retrying: 'failed, retrying',
  rejected: 'rejected, the event is lost there',
  expired: 'expired, the event waited too long and is lost there',
  denied: 'not sent, consent was denied',
  unknown: 'handed over, without an answer',
}

/** Short description of each reason, for a row of the timeline. */
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
  shadow: 'tried by the plan',
  'not-in-rollout': 'user not in the rollout',
  frequency: 'frequency rule',
  repeated: 'already reported on this page',
  superseded: 'counted by another tab',
  'sampled-out': 'user not in the sample',
  'consent-denied': 'consent denied',
  'before-send': 'stopped by beforeSend',
  'suspected-bot': 'suspected bot',
  'queue-full': 'lost: too many were waiting',
  'hold-expired': 'lost: waited too long for consent',
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

/**
 * Returns the line below an event's name: its reason, or what went wrong although the event was not dropped. Without
 * `deliveries`, leaves out what became of them.
 */
export function newsOf(
  decision: Decision,
  deliveries = true,
): { readonly text: string; readonly trouble: boolean } {
  if (decision.outcome !== 'dropped' && hasInvalid(decision))
    return { text: reasonWords['invalid-properties'], trouble: true }
  const troubles = Object.entries(decision.deliveries).filter(([, delivery]) => isTrouble(delivery))
  if (deliveries && troubles.length > 0)
    return { text: deliveriesInWords(Object.fromEntries(troubles)), trouble: true }
  const code = decision.trigger.fact === 'failure' ? decision.properties?.['error_code'] : undefined
  if (typeof code === 'string')
    return code === 'validation'
      ? { text: 'the form was stopped by validation', trouble: false }
      : { text: `the form failed: ${code}`, trouble: true }
  if (!deliveries && decision.reason === 'admitted') return { text: '', trouble: false }
  return { text: reasonInWords(decision), trouble: false }
}

/** Lists deliveries by state, such as `sent to http · queued for ga4`; empty without deliveries. */
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
  rejected: 'lost, rejected by',
  expired: 'lost, expired for',
  denied: 'denied for',
  unknown: 'handed to',
}

/**
 * Result of a check. `waits`: it may still pass. `unknown`: only an attempt can tell. `unchecked`: no attempt has come
 * this far yet; nothing is in the way now.
 */
export type CheckState = 'passes' | 'fails' | 'waits' | 'unknown' | 'unchecked'

export function isTrouble({ state }: Pick<Delivery, 'state'>): boolean {
  return state === 'retrying' || isLost(state)
}

/** Returns whether an event in this state never arrives, although it should have. */
export const isLost = (state: string): boolean => state === 'rejected' || state === 'expired'

const countWords: Readonly<Record<DeliveryState, string>> = {
  sent: 'delivered',
  unknown: 'handed over',
  queued: 'queued',
  held: 'held',
  retrying: 'retrying',
  denied: 'denied',
  rejected: 'lost (rejected)',
  expired: 'lost (expired)',
}

/** Lists the counts of a destination, such as `1 delivered` and `353 lost (expired)`: losses last, each named as one. */
export function tallyOf(
  counts: DeliveryCounts,
): readonly { readonly state: DeliveryState; readonly text: string; readonly lost: boolean }[] {
  return (Object.keys(countWords) as DeliveryState[]).flatMap((state) => {
    const count = counts[state] ?? 0
    return count > 0 ? { state, text: `${inDigits(count)} ${countWords[state]}`, lost: isLost(state) } : []
  })
}

/** Number of events that a destination lost. */
export const lossesOf = ({ rejected = 0, expired = 0 }: DeliveryCounts): number => rejected + expired

/** Returns whether properties are invalid, rather than only cleaned. */
export const hasInvalid = ({ issues }: Pick<Decision, 'issues'>): boolean =>
  issues?.some(({ kind }) => kind === undefined) ?? false

/** Relation of an attempt to the plan. `invalid`: its properties do not match the schema. */
export type PlanState = 'planned' | 'unplanned' | 'invalid' | 'deprecated' | 'retired'

export function planStateOf(decision: Decision, plan: AnyPlan): PlanState {
  const { event, reason } = decision
  const planned = plan.events.get(event)
  if (!planned) return 'unplanned'
  if (reason === 'invalid-properties' || (reason !== 'code-threw' && hasInvalid(decision))) return 'invalid'
  return planned.status === 'deprecated' || planned.status === 'retired' ? planned.status : 'planned'
}
