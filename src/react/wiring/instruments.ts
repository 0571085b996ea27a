import type { AnyTracker } from '../../engine/tracker-api.ts'
import { setNewest } from '../../support/newest.ts'
import { targetOf } from './create-report.ts'
import type { Rendering } from './rendering.ts'
import type { Fact, Report } from './report.ts'

/** An element that may report facts. The overlay lists it, highlights it on the page and simulates its facts. */
export interface Instrument {
  readonly element: Element
  readonly report: Report
}

/** Last time that a component reported a fact. */
export interface SeenFact extends Fact {
  /** Epoch ms. */
  readonly time: number
  /** Number of the attempt, if an event reports the fact. */
  readonly attempt?: number | undefined
}

/** Registry of reporting elements, and of the element that each attempt came from. */
export interface Instruments {
  readonly all: () => readonly Instrument[]
  /** Adds an instrument. Returns a function that removes it. */
  readonly add: (instrument: Instrument) => () => void
  readonly noteFact: (fact: Fact, report: Report) => void
  /** Returns the facts that a component has reported since it mounted, each the last time, oldest first. */
  readonly factsOf: (report: Report) => readonly SeenFact[]
  /** Records that an attempt came from the element of `report`. */
  readonly noteOrigin: (attempt: number, report: Report) => void
  /** Returns the element that an attempt came from, while that element is in memory. */
  readonly originOf: (attempt: number) => Element | undefined
  /** Records how the component that made the attempt was rendered. */
  readonly noteRendering: (attempt: number, rendering: Rendering) => void
  readonly renderingOf: (attempt: number) => Rendering | undefined
}

const registries = new WeakMap<AnyTracker, Instruments>()

export function instrumentsOf(tracker: AnyTracker): Instruments {
  const made = registries.get(tracker)
  if (made) return made
  const created = createInstruments()
  registries.set(tracker, created)
  return created
}

/** Returns the component that reports, and the event that each of its facts maps to now. */
export function aboutOf({ reporter: { current } }: Report): {
  readonly component: string
  /** Distinguishes components of the same kind; empty if there is no name. */
  readonly name: string
  /** Event names by fact; undefined for a fact without an event. */
  readonly events: Readonly<Record<string, string | undefined>>
  /** Options and memory of a trigger that has a memory. */
  readonly observed: { readonly options: object; readonly memory: object } | undefined
} {
  const { component, name = '', standard, events, memory, options = current } = current
  const facts = new Set([...Object.keys(standard), ...Object.keys(events ?? {})])
  return {
    component,
    name,
    observed: memory && { options, memory },
    events: Object.fromEntries([...facts].map((fact) => [fact, targetOf(current, fact)?.event])),
  }
}

/** The record keeps the same number of attempts while it is observed. */
const MAX_ORIGINS = 10_000

function createInstruments(): Instruments {
  const byReport = new Map<Report, Instrument>()
  const facts = new WeakMap<Report, Map<string, SeenFact>>()
  // Weak references, so that removed elements can be garbage-collected.
  const origins = new Map<number, WeakRef<Element>>()
  const renderings = new Map<number, Rendering>()
  return {
    all: () => [...byReport.values()],
    add(instrument) {
      const { report } = instrument
      byReport.set(report, instrument)
      return () => {
        if (byReport.get(report) === instrument) byReport.delete(report)
      }
    },
    noteFact(fact, report) {
      if (fact.synthetic) return
      const seen = facts.get(report) ?? new Map<string, SeenFact>()
      facts.set(report, seen)
      seen.delete(fact.fact)
      seen.set(fact.fact, { ...fact, time: Date.now() })
    },
    factsOf: (report) => [...(facts.get(report)?.values() ?? [])],
    noteOrigin(attempt, report) {
      const newest = [...(facts.get(report)?.values() ?? [])].at(-1)
      if (newest && newest.attempt === undefined) facts.get(report)?.set(newest.fact, { ...newest, attempt })
      const element = byReport.get(report)?.element
      if (element) setNewest(origins, attempt, new WeakRef(element), MAX_ORIGINS)
    },
    originOf: (attempt) => origins.get(attempt)?.deref(),
    noteRendering: (attempt, rendering) => setNewest(renderings, attempt, rendering, MAX_ORIGINS),
    renderingOf: (attempt) => renderings.get(attempt),
  }
}
