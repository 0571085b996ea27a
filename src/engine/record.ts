import { createStore } from 'zustand/vanilla'
import type { DeliveryNews } from './destination.ts'
import type {
  ConsentSnapshot,
  Decision,
  Delivery,
  DeliveryState,
  Outcome,
  RecordState,
  RecordView,
  StorageKind,
} from './types.ts'

const DETAILED = 1_000
const PLAIN = 100

const none: Readonly<Record<Outcome, number>> = { fired: 0, held: 0, dropped: 0, shadowed: 0 }

export type DecisionDraft = Omit<Decision, 'number'>

/** The bounded log that `track`, the overlay, tests and hooks read. `detailed`: keep property values from the start. */
export function createRecord(detailed: boolean, consent: ConsentSnapshot) {
  const store = createStore<RecordState>(() => ({
    decisions: [],
    forgotten: 0,
    counts: {},
    delivered: {},
    personalData: {},
    anomalies: {},
    consent,
    storage: 'memory',
  }))
  let watchers = detailed ? 1 : 0
  let number = 0

  const count = (
    counts: RecordState['counts'],
    event: string,
    outcome: Outcome,
    by: number,
  ): RecordState['counts'] => {
    const before = counts[event] ?? none
    return { ...counts, [event]: { ...before, [outcome]: before[outcome] + by } }
  }

  /** Forgotten before their end: what becomes of them still moves the counts. */
  const unfinished = new Map<number, Decision>()

  function forget(decision: Decision): void {
    const open = decision.outcome === 'fired' && decision.eventId === undefined
    if (open || decision.outcome === 'held') unfinished.set(decision.number, withoutValues(decision))
    else unfinished.delete(decision.number)
  }

  /** The newest decisions of a longer list. */
  function bounded(decisions: readonly Decision[], bound = watchers ? DETAILED : PLAIN) {
    const surplus = Math.max(0, decisions.length - bound)
    decisions.slice(0, surplus).forEach(forget)
    return { decisions: decisions.slice(surplus), forgotten: store.getState().forgotten + surplus }
  }

  const kept = (decision: Decision) => (watchers ? decision : withoutValues(decision))

  function add(draft: DecisionDraft): Decision {
    const decision: Decision = { ...draft, number: ++number }
    store.setState(({ decisions, counts, personalData }) => ({
      ...bounded([...decisions, kept(decision)]),
      counts: count(counts, decision.event, decision.outcome, 1),
      personalData: (decision.personalData ?? []).reduce(
        (found, { kind }) => plusOne(found, kind),
        personalData,
      ),
    }))
    return decision
  }

  /** What was forgotten stays forgotten; its counts follow. */
  function change(target: number, next: (decision: Decision) => Decision): void {
    store.setState((state) => {
      const index = state.decisions.findLastIndex((decision) => decision.number === target)
      const before = state.decisions[index] ?? unfinished.get(target)
      if (!before) return state
      const after = kept(next(before))
      if (index < 0) forget(after)
      const counts =
        after.outcome === before.outcome
          ? state.counts
          : count(count(state.counts, before.event, before.outcome, -1), after.event, after.outcome, 1)
      return { decisions: index < 0 ? state.decisions : state.decisions.with(index, after), counts }
    })
  }

  const view: RecordView = {
    get: store.getState,
    // Whoever watches must not be able to stop what is watched.
    subscribe: (listener) =>
      store.subscribe(() => {
        try {
          listener()
        } catch (error) {
          console.error(error)
        }
      }),
    watch: () => {
      watchers++
      let watching = true
      return () => {
        if (watching && --watchers === 0)
          store.setState(({ decisions }) => bounded(decisions.map(withoutValues)))
        watching = false
      }
    },
    clear: () => store.setState(({ decisions }) => bounded(decisions, 0)),
  }
  return {
    view,
    add,
    change,
    /** News of a delivery; without a number, of a decision that another page has made. */
    deliver(
      target: number | undefined,
      destination: string,
      news: DeliveryNews & Pick<Delivery, 'payload' | 'notes'>,
    ): void {
      const state = news.state
      if (final.includes(state))
        store.setState(({ delivered }) => ({
          delivered: { ...delivered, [destination]: plusOne(delivered[destination] ?? {}, state) },
        }))
      if (target === undefined) return
      change(target, (decision) => {
        const before = decision.deliveries[destination] ?? { state: 'queued', attempts: 0 }
        const { attempts = before.attempts, error, nextAt } = news
        const after = { ...before, ...news, attempts, error, nextAt }
        return { ...decision, deliveries: { ...decision.deliveries, [destination]: after } }
      })
    },
    setAnomalies: (anomalies: RecordState['anomalies']) => store.setState({ anomalies }),
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

/** A key is made of property values, and so may the message of a schema be. */
function withoutValues(decision: Decision): Decision {
  return {
    ...decision,
    properties: undefined,
    scope: {},
    deliveries: Object.fromEntries(
      Object.entries(decision.deliveries).map(([name, delivery]) => [
        name,
        { ...delivery, payload: undefined },
      ]),
    ),
    frequency: decision.frequency.map((rule) => ({ ...rule, key: '' })),
    ...(decision.issues && { issues: decision.issues.map((issue) => ({ ...issue, message: '' })) }),
  }
}

export type DecisionRecord = ReturnType<typeof createRecord>
