import type { AnyPlan } from '../plan/define-plan.ts'
import type { PageContext } from './page/page.ts'
import type { Decision, Reason } from './record/decision.ts'
import { emptyRecord } from './record/empty-record.ts'

const page: PageContext = { number: 0, url: '', path: '', title: '', referrer: '' }
const nothing = () => {}
const stop = () => nothing

/**
 * Creates a tracker that accepts every call and emits nothing: on a server (`not-in-browser`), or after `dispose`
 * (`disabled`).
 */
export function inertTracker(plan: AnyPlan, reason: Reason) {
  return {
    plan,
    track: (event: string): Decision => ({ ...refusal(event, reason), number: 0 }),
    page: () => undefined,
    identify: nothing,
    reset: nothing,
    context: nothing as () => undefined,
    consent: { get: () => emptyRecord.consent, update: nothing, subscribe: stop },
    onPageEnd: stop,
    onVisit: stop,
    onReset: stop,
    flush: () => Promise.resolve(),
    record: { get: () => emptyRecord, subscribe: stop, watch: stop, clear: nothing },
    journey: undefined,
    dispose: nothing,
  }
}

export function refusal(event: string, reason: Reason): Omit<Decision, 'number'> {
  const trigger = { component: 'track', fact: 'call' }
  return {
    event,
    outcome: 'dropped',
    reason,
    time: 0,
    page,
    trigger,
    scope: {},
    frequency: [],
    consent: {},
    sampleRate: 1,
    deliveries: {},
  }
}
