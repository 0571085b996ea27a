import type { Decision } from '../../engine/types.ts'
import { kindOf } from './filter.ts'
import type { Listing } from './listing.ts'
import { runAround } from './runs.ts'
import type { TimelineStore } from './timeline-state.ts'

/** Lists the attempts of a run one by one; a run is named by its oldest. */
export function openRun(timeline: TimelineStore, oldest: number): void {
  timeline.setState(({ opened }) => ({ opened: [...opened, oldest] }))
}

/** Joins the run again that an attempt is of. */
export function joinRun(timeline: TimelineStore, listing: Listing, number: number): void {
  const oldest = runAround(listing, number)?.oldest.number
  timeline.setState(({ opened }) => ({ opened: opened.filter((other) => other !== oldest) }))
}

/** Adds to the text what hides the attempts that are as this one. */
export function hideLike(timeline: TimelineStore, decision: Decision): void {
  timeline.setState(({ text }) => ({
    text: `${text} -like:"${kindOf(decision)}"`.trim(),
    shown: undefined,
    active: undefined,
  }))
}
