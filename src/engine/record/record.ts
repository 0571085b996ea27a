import { copyOf } from '../../support/copy-of.ts'
import { createListeners } from '../../support/listeners.ts'
import { mapValues } from '../../support/records.ts'
import type { Delivery, DeliveryState } from '../delivery/delivery.ts'
import type { DeliveryNews } from '../delivery/destination.ts'
import type { ConsentSnapshot } from '../permission/consent-types.ts'
import type { StorageKind } from '../storage/storage-kind.ts'
import type { Decision, Outcome } from './decision.ts'
import { emptyRecord } from './empty-record.ts'
import type { RecordState, RecordView, UnknownOutcome } from './record-view.ts'

/** Maximum number of decisions: while watched, in development, and otherwise. */
const bounds = { watched: 10_000, detailed: 1_000, plain: 100 }

const none: Readonly<OutcomeCounts> = { fired: 0, held: 0, dropped: 0, shadowed: 0 }

/** Maximum number of names that are counted separately. A plan has fewer, but callers may make names of anything. */
const MAX_NAMES = 1_000
const MAX_UNKNOWN = 100
const OTHER = '(other)'
const MAX_UNOBSERVED = 100

/**
 * Creates the bounded log that `track`, the overlay, tests and hooks read. `detailed` keeps property values from the
 * start. `earlier` is the record of the replaced tracker.
 */
export function createRecord(detailed: boolean, consent: ConsentSnapshot, earlier = emptyRecord) {
  const { decisions, counts: counted, delivered: ended, ...rest } = earlier
  let state: Omit<RecordState, 'decisions' | 'counts' | 'delivered'> = {
    ...rest,
    consent,
    storage: 'memory',
  }
  const listeners = createListeners()
  // A snapshot copies these when it is read, not at each event of a burst.
  /** Oldest first, numbered without a gap. */
  const log = [...decisions]
  const counts = new Map(copiesOf(Object.entries(counted)))
  const delivered = new Map(copiesOf(Object.entries(ended)))
  /** Undefined after a change, until the record is read again. */
  let snapshot: RecordState | undefined
  let watchers = 0
  let number = decisions.at(-1)?.number ?? earlier.forgotten

  function changed(news?: Partial<RecordState>): void {
    if (news) state = { ...state, ...news }
    snapshot = undefined
    listeners.tell()
  }

  function count(decision: Decision, by: 1 | -1): void {
    if (isKept(decision)) return
    const { event, outcome } = decision
    const name = counts.has(event) || counts.size < MAX_NAMES ? event : OTHER
    const known = counts.get(name) ?? { ...none }
    known[outcome] += by
    counts.set(name, known)
  }

  /** Decisions that were removed before their end. Their results still change the counts. */
  const unfinished = new Map<number, Decision>()

  function forget(decision: Decision): void {
    const open = decision.outcome === 'fired' && decision.eventId === undefined && !isKept(decision)
    if (open || decision.outcome === 'held') unfinished.set(decision.number, withoutValues(decision))
    else unfinished.delete(decision.number)
  }

  /** Removes the oldest decisions beyond the bound. */
  function trim(bound = watchers ? bounds.watched : detailed ? bounds.detailed : bounds.plain): void {
    let { forgotten } = state
    for (; log.length > bound; forgotten++) {
      const oldest = log.shift()
      if (oldest) forget(oldest)
    }
    if (forgotten > state.forgotten) state = { ...state, forgotten }
  }

  const keepsValues = () => watchers > 0 || detailed
  const kept = (decision: Decision) => (keepsValues() ? decision : withoutValues(decision))

  /** Keeps a copy of a decision. */
  function add(decision: Decision): void {
    log.push(keepsValues() ? withOwnValues(decision) : withoutProperties(decision))
    count(decision, 1)
    trim()
    const { personalData: found } = decision
    if (!found) {
      changed()
      return
    }
    const personalData = { ...state.personalData }
    for (const { kind } of found) personalData[kind] = (personalData[kind] ?? 0) + 1
    changed({ personalData })
  }

  /** Changes a decision. A removed decision stays removed, but its counts change. */
  function change(target: number, next: (decision: Decision) => Decision): void {
    const index = target - (log[0]?.number ?? Number.POSITIVE_INFINITY)
    const before = log[index] ?? unfinished.get(target)
    if (!before) return
    const after = next(before)
    if (log[index]) log[index] = after
    else forget(after)
    if (after.outcome !== before.outcome) {
      count(before, -1)
      count(after, 1)
    }
    changed()
  }

  /** Amends a decision, and keeps the outcome that `track` returned. */
  function amend(target: number, news: (decision: Decision) => Partial<Decision>): void {
    change(target, (before) =>
      kept({
        ...before,
        ...news(before),
        first: before.first ?? { outcome: before.outcome, reason: before.reason },
      }),
    )
  }

  const view: RecordView = {
    get() {
      snapshot ??= {
        ...state,
        counts: Object.fromEntries(copiesOf(counts)),
        delivered: Object.fromEntries(copiesOf(delivered)),
        decisions: [...log],
      }
      return snapshot
    },
    // A function that subscribes twice is called twice.
    subscribe: (listener) => listeners.add(() => listener()),
    watch: () => {
      watchers++
      let watching = true
      return () => {
        if (watching && --watchers === 0) {
          log.splice(0, log.length, ...log.map(kept))
          trim()
          changed()
        }
        watching = false
      }
    },
    clear: () => {
      trim(0)
      changed({ unknownOutcomes: undefined })
    },
  }
  return {
    view,
    /** Returns the number of the next decision, which is then added. */
    nextNumber: () => ++number,
    add,
    change,
    amend,
    /** Records the state of a delivery; without a number, for a decision that another page has made. */
    deliver(target: number | undefined, destination: string, news: DeliveryReport): void {
      if (final.includes(news.state)) {
        const known: StateCounts = delivered.get(destination) ?? {}
        known[news.state] = (known[news.state] ?? 0) + 1
        delivered.set(destination, known)
        changed()
      }
      if (target === undefined) return
      change(target, (decision) => {
        const before = decision.deliveries[destination] ?? { state: 'queued', attempts: 0 }
        const detailed = keepsValues()
        const after: Delivery = {
          state: news.state,
          attempts: news.attempts ?? before.attempts,
          error: news.error,
          nextAt: news.nextAt,
          waits: news.waits,
          notes: news.notes ?? before.notes,
          queuedAt: news.queuedAt ?? before.queuedAt,
          payload: detailed ? (news.payload ?? before.payload) : undefined,
          requests: detailed ? withRequest(before.requests, news.request) : undefined,
        }
        return { ...decision, deliveries: { ...decision.deliveries, [destination]: after } }
      })
    },
    /** Notes why deliveries to a destination have not ended yet. */
    noteDelay(destination: string, why: string): void {
      for (const { number, deliveries } of [...log]) {
        const delivery = deliveries[destination]
        if (!delivery || delivery.error || !underWay.includes(delivery.state)) continue
        const delayed = { ...delivery, error: why }
        change(number, (decision) => ({
          ...decision,
          deliveries: { ...decision.deliveries, [destination]: delayed },
        }))
      }
    },
    noteUnknown: (outcome: UnknownOutcome) =>
      changed({ unknownOutcomes: [...(state.unknownOutcomes ?? []), outcome].slice(-MAX_UNKNOWN) }),
    setAnomalies: (anomalies: RecordState['anomalies']) => changed({ anomalies }),
    addUnobserved(name: string, why: string): void {
      const { unobserved = {} } = state
      if (name in unobserved || Object.keys(unobserved).length >= MAX_UNOBSERVED) return
      changed({ unobserved: { ...unobserved, [name]: why } })
    },
    setConsent: (now: ConsentSnapshot) => changed({ consent: now }),
    setStorage: (storage: StorageKind) => changed({ storage }),
  }
}

type DeliveryReport = DeliveryNews & Pick<Delivery, 'payload' | 'notes' | 'queuedAt'>

/** Adds a request to those of a delivery: keeps the first one and the last four. */
function withRequest(before: Delivery['requests'], request: DeliveryReport['request']) {
  const requests = [before ?? [], request ?? []].flat()
  if (requests.length > 5) requests.splice(1, 1)
  return requests
}

type OutcomeCounts = Record<Outcome, number>
type StateCounts = Partial<Record<DeliveryState, number>>
const copiesOf = <Counts extends object>(
  counts: Iterable<readonly [name: string, counts: Readonly<Counts>]>,
) => [...counts].map(([name, those]): [string, Counts] => [name, { ...those }])

const final: readonly DeliveryState[] = ['sent', 'rejected', 'expired', 'denied', 'unknown']
const underWay: readonly DeliveryState[] = ['queued', 'retrying']

/** Returns true for a tester's attempt that is neither counted nor sent. */
export const isKept = ({ trigger }: Pick<Decision, 'trigger'>): boolean => trigger.synthetic === 'kept'

/** Copies the values, because the caller may change what `track` returned. */
function withOwnValues(decision: Decision): Decision {
  return { ...decision, scope: copyOf(decision.scope), properties: copyOf(decision.properties) }
}

/** Removes property values, also from keys and the messages of schemas, which may contain them. */
function withoutProperties(decision: Decision): Decision {
  const { frequency, issues } = decision
  return {
    ...decision,
    properties: undefined,
    scope: {},
    frequency: frequency.length ? frequency.map((rule) => ({ ...rule, key: '' })) : frequency,
    ...(issues && { issues: issues.map((issue) => ({ ...issue, message: '' })) }),
  }
}

/** Removes property values, also those that were sent. */
function withoutValues(decision: Decision): Decision {
  const without = { payload: undefined, requests: undefined }
  const deliveries = mapValues(decision.deliveries, (delivery) => ({ ...delivery, ...without }))
  return { ...withoutProperties(decision), deliveries }
}

export type DecisionRecord = ReturnType<typeof createRecord>
