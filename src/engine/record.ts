import { createStore } from 'zustand/vanilla'
import type { ConsentSnapshot, Decision, Outcome, RecordState, RecordView, StorageKind } from './types.ts'

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

  function add(draft: DecisionDraft): Decision {
    const decision: Decision = { ...draft, number: ++number }
    const kept = watchers ? decision : { ...decision, properties: undefined, scope: {} }
    store.setState((state) => {
      const bound = watchers ? DETAILED : PLAIN
      const decisions = [...state.decisions.slice(-(bound - 1)), kept]
      return {
        decisions,
        forgotten: state.forgotten + state.decisions.length + 1 - decisions.length,
        counts: count(state.counts, decision.event, decision.outcome, 1),
      }
    })
    return decision
  }

  /** What was forgotten stays forgotten; its counts follow. */
  function change(target: number, next: (decision: Decision) => Decision): void {
    store.setState((state) => {
      const index = state.decisions.findLastIndex((decision) => decision.number === target)
      const before = state.decisions[index]
      if (!before) return state
      const after = next(before)
      const counts =
        after.outcome === before.outcome
          ? state.counts
          : count(count(state.counts, before.event, before.outcome, -1), after.event, after.outcome, 1)
      return { decisions: state.decisions.with(index, after), counts }
    })
  }

  const view: RecordView = {
    get: store.getState,
    subscribe: store.subscribe,
    watch: () => {
      watchers++
      let watching = true
      return () => {
        if (watching) watchers--
        watching = false
      }
    },
    clear: () =>
      store.setState(({ forgotten, decisions }) => ({
        decisions: [],
        forgotten: forgotten + decisions.length,
      })),
  }
  return {
    view,
    add,
    change,
    setConsent: (consent: ConsentSnapshot) => store.setState({ consent }),
    setStorage: (storage: StorageKind) => store.setState({ storage }),
  }
}

export type DecisionRecord = ReturnType<typeof createRecord>
