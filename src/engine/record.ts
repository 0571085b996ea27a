import { createStore } from 'zustand/vanilla'
import { copyOf } from '../support/copy-of.ts'
import { call } from '../support/listeners.ts'
import { mapValues } from '../support/records.ts'
import type { DeliveryNews } from './destination.ts'
import { emptyRecord } from './empty-record.ts'
import type {
  ConsentSnapshot,
  Decision,
  Delivery,
  DeliveryState,
  Outcome,
  RecordState,
  RecordView,
  StorageKind,
  UnknownOutcome,
} from './types.ts'

/** How many decisions are kept: while somebody watches, in development, and else. */
const bounds = { watched: 10_000, detailed: 1_000, plain: 100 }

const none: Readonly<Record<Outcome, number>> = { fired: 0, held: 0, dropped: 0, shadowed: 0 }

/** Names that are counted apart: a plan has fewer, but a caller may make them of anything. */
const MAX_NAMES = 1_000
const MAX_UNKNOWN = 100
const OTHER = '(other)'
const MAX_UNOBSERVED = 100

export type DecisionDraft = Omit<Decision, 'number'>

/**
 * The bounded log that `track`, the overlay, tests and hooks read. `detailed`: keep property values from the start. `earlier`:
 * the record of the tracker that this one replaces.
 */
export function createRecord(detailed: boolean, consent: ConsentSnapshot, earlier = emptyRecord) {
  const { decisions, counts: counted, ...rest } = earlier
  const store = createStore<Omit<RecordState, 'decisions' | 'counts'>>(() => ({
    ...rest,
    consent,
    storage: 'memory',
  }))
  // A snapshot copies both when somebody looks, not at each of a burst.
  /** Oldest first, numbered without a gap. */
  const log = [...decisions]
  const counts = new Map(Object.entries(counted))
  let snapshot: { readonly of: object; readonly state: RecordState } | undefined
  let watchers = 0
  let number = decisions.at(-1)?.number ?? earlier.forgotten

  function count(decision: Decision, by: 1 | -1): void {
    if (isKept(decision)) return
    const { event, outcome } = decision
    const name = counts.has(event) || counts.size < MAX_NAMES ? event : OTHER
    const before = counts.get(name) ?? none
    counts.set(name, { ...before, [outcome]: before[outcome] + by })
  }

  /** Forgotten before their end: what becomes of them still moves the counts. */
  const unfinished = new Map<number, Decision>()

  function forget(decision: Decision): void {
    const open = decision.outcome === 'fired' && decision.eventId === undefined && !isKept(decision)
    if (open || decision.outcome === 'held') unfinished.set(decision.number, withoutValues(decision))
    else unfinished.delete(decision.number)
  }

  /** Forgets the oldest beyond the bound. Returns how many ever were. */
  function trim(bound = watchers ? bounds.watched : detailed ? bounds.detailed : bounds.plain) {
    let { forgotten } = store.getState()
    for (; log.length > bound; forgotten++) {
      const oldest = log.shift()
      if (oldest) forget(oldest)
    }
    return { forgotten }
  }

  const kept = (decision: Decision) => (watchers || detailed ? decision : withoutValues(decision))

  function add(draft: DecisionDraft): Decision {
    const decision: Decision = { ...draft, number: ++number }
    // The caller may change what is returned: the record keeps copies.
    log.push(kept({ ...decision, scope: copyOf(draft.scope), properties: copyOf(draft.properties) }))
    count(decision, 1)
    store.setState(({ personalData }) => ({
      ...trim(),
      personalData: (decision.personalData ?? []).reduce(
        (found, { kind }) => plusOne(found, kind),
        personalData,
      ),
    }))
    return decision
  }

  /** What was forgotten stays forgotten; its counts follow. */
  function change(target: number, next: (decision: Decision) => Decision): void {
    const index = target - (log[0]?.number ?? Number.POSITIVE_INFINITY)
    const before = log[index] ?? unfinished.get(target)
    if (!before) return
    const after = kept(next(before))
    if (log[index]) log[index] = after
    else forget(after)
    if (after.outcome !== before.outcome) {
      count(before, -1)
      count(after, 1)
    }
    store.setState({})
  }

  /** What `track` returned was not the last word; what that was stays known. */
  function amend(target: number, news: (decision: Decision) => Partial<Decision>): void {
    change(target, (before) => ({
      ...before,
      ...news(before),
      first: before.first ?? { outcome: before.outcome, reason: before.reason },
    }))
  }

  const view: RecordView = {
    get() {
      const of = store.getState()
      if (snapshot?.of !== of)
        snapshot = { of, state: { ...of, counts: Object.fromEntries(counts), decisions: [...log] } }
      return snapshot.state
    },
    // Whoever watches must not be able to stop what is watched.
    subscribe: (listener) => store.subscribe(() => call(listener)),
    watch: () => {
      watchers++
      let watching = true
      return () => {
        if (watching && --watchers === 0) {
          log.splice(0, log.length, ...log.map(kept))
          store.setState(trim())
        }
        watching = false
      }
    },
    clear: () => store.setState({ ...trim(0), unknownOutcomes: undefined }),
  }
  return {
    view,
    add,
    change,
    amend,
    /** News of a delivery; without a number, of a decision that another page has made. */
    deliver(
      target: number | undefined,
      destination: string,
      news: DeliveryNews & Pick<Delivery, 'payload' | 'notes' | 'queuedAt'>,
    ): void {
      const state = news.state
      if (final.includes(state))
        store.setState(({ delivered }) => ({
          delivered: { ...delivered, [destination]: plusOne(delivered[destination] ?? {}, state) },
        }))
      if (target === undefined) return
      change(target, (decision) => {
        const before = decision.deliveries[destination] ?? { state: 'queued', attempts: 0 }
        const { request, ...known } = news
        const { attempts = before.attempts, error, nextAt, waits } = known
        const requests = [before.requests ?? [], request ?? []].flat()
        if (requests.length > 5) requests.splice(1, 1)
        const after = { ...before, ...known, attempts, error, nextAt, waits, requests }
        return { ...decision, deliveries: { ...decision.deliveries, [destination]: after } }
      })
    },
    noteUnknown: (outcome: UnknownOutcome) =>
      store.setState(({ unknownOutcomes: before = [] }) => ({
        unknownOutcomes: [...before, outcome].slice(-MAX_UNKNOWN),
      })),
    setAnomalies: (anomalies: RecordState['anomalies']) => store.setState({ anomalies }),
    addUnobserved(name: string, why: string): void {
      const { unobserved = {} } = store.getState()
      if (name in unobserved || Object.keys(unobserved).length >= MAX_UNOBSERVED) return
      store.setState({ unobserved: { ...unobserved, [name]: why } })
    },
    setConsent: (consent: ConsentSnapshot) => store.setState({ consent }),
    setStorage: (storage: StorageKind) => store.setState({ storage }),
  }
}

const final: readonly DeliveryState[] = ['sent', 'rejected', 'expired', 'denied', 'unknown']

function plusOne<Key extends string>(
  counts: Readonly<Partial<Record<Key, number>>>,
  key: Key,
): Readonly<Partial<Record<Key, number>>> {
  return { ...counts, [key]: (counts[key] ?? 0) + 1 }
}

/** A tester's act that is to have no consequences. */
export const isKept = ({ trigger }: Pick<Decision, 'trigger'>): boolean => trigger.synthetic === 'kept'

/** A key is made of property values, and so may the message of a schema be. */
function withoutValues(decision: Decision): Decision {
  return {
    ...decision,
    properties: undefined,
    scope: {},
    deliveries: mapValues(decision.deliveries, (delivery) => ({
      ...delivery,
      payload: undefined,
      requests: undefined,
    })),
    frequency: decision.frequency.map((rule) => ({ ...rule, key: '' })),
    ...(decision.issues && { issues: decision.issues.map((issue) => ({ ...issue, message: '' })) }),
  }
}

export type DecisionRecord = ReturnType<typeof createRecord>
