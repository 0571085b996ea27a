import type { AnyTracker } from '../engine/types.ts'
import { setNewest } from '../support/newest.ts'
import type { Rendering } from './rendering.ts'
import type { Report } from './report.ts'

/** An element that may report facts: what the overlay lists, marks on the page and simulates. */
export interface Instrument {
  readonly element: Element
  readonly report: Report
}

/** Which elements report, and which attempt came from which. */
export interface Instruments {
  readonly all: () => readonly Instrument[]
  /** Returns a stop. */
  readonly add: (instrument: Instrument) => () => void
  /** The attempt comes from what `report` is attached to. */
  readonly noteOrigin: (attempt: number, report: Report) => void
  /** Where an attempt came from, while that is alive. */
  readonly originOf: (attempt: number) => Element | undefined
  /** What reported the attempt was rendered so. */
  readonly noteRendering: (attempt: number, rendering: Rendering) => void
  readonly renderingOf: (attempt: number) => Rendering | undefined
}

const registries = new WeakMap<AnyTracker, Instruments>()

/** Not a byte of it where nobody looks: in a production build without the overlay. */
let known = process.env.NODE_ENV === 'production' ? undefined : instrumentsOf

/** From now on elements are known. Those that have been mounted before are not. */
export function keepInstruments(): void {
  known = instrumentsOf
}

export const instrumentsAreKept = (): boolean => known !== undefined

/** Undefined where nobody looks. */
export const knownInstruments = (tracker: AnyTracker): Instruments | undefined => known?.(tracker)

export function instrumentsOf(tracker: AnyTracker): Instruments {
  const made = registries.get(tracker)
  if (made) return made
  const created = createInstruments()
  registries.set(tracker, created)
  return created
}

/** As many as the record keeps while it is watched. */
const MAX_ORIGINS = 10_000

function createInstruments(): Instruments {
  const byReport = new Map<Report, Instrument>()
  // An element that has left the page must not live on here.
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
    noteOrigin(attempt, report) {
      const element = byReport.get(report)?.element
      if (element) setNewest(origins, attempt, new WeakRef(element), MAX_ORIGINS)
    },
    originOf: (attempt) => origins.get(attempt)?.deref(),
    noteRendering: (attempt, rendering) => setNewest(renderings, attempt, rendering, MAX_ORIGINS),
    renderingOf: (attempt) => renderings.get(attempt),
  }
}
