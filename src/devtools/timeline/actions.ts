import type { Decision } from '../../engine/record/decision.ts'
import type { Overlay } from '../overlay-state.ts'
import { outcomeWords, reasonWords } from '../parts/words.ts'
import { kindOf } from './filter.ts'
import type { Listing } from './listing.ts'
import { rowOf, runAround, runAt } from './runs.ts'
import type { TimelineStore } from './timeline-state.ts'

/** Lists the attempts of a run one by one. `oldest`: number of the run's oldest attempt. */
export function openRun(timeline: TimelineStore, oldest: number): void {
  timeline.setState(({ opened }) => ({ opened: [...opened, oldest] }))
}

/** Collapses the run that contains the attempt. */
export function joinRun(timeline: TimelineStore, listing: Listing, number: number): void {
  const oldest = runAround(listing, number)?.oldest.number
  timeline.setState(({ opened }) => ({ opened: opened.filter((other) => other !== oldest) }))
}

/** Adds a term to the filter that hides attempts similar to this one. */
export function hideLike(timeline: TimelineStore, decision: Decision): void {
  timeline.setState(({ text }) => ({
    text: `${text} -like:"${kindOf(decision)}"`.trim(),
    shown: undefined,
    active: undefined,
  }))
}

/** Stops the list at the newest attempt, or lets it go on. */
export function togglePause({ timeline, record }: Pick<Overlay, 'timeline' | 'record'>): void {
  const newest = record.get().decisions.at(-1)?.number ?? 0
  timeline.setState(({ pausedAt }) => ({ pausedAt: pausedAt === undefined ? newest : undefined }))
}

/** Removes all attempts, with their marks and notes. */
export function clearAttempts({
  timeline,
  tracker,
  notes,
}: Pick<Overlay, 'timeline' | 'tracker' | 'notes'>): void {
  tracker.record.clear()
  notes.setState({}, true)
  timeline.setState({ active: undefined, shown: undefined, opened: [], earlier: [] })
}

/** Opens the timeline with the focus in its filter. */
export function seek({ state, timeline }: Pick<Overlay, 'state' | 'timeline'>): void {
  timeline.setState({ seeking: true, ...(state.getState().narrow && { shown: undefined }) })
  state.setState({ tab: 'timeline', settings: false })
}

/** Moves to another row, and shows its attempt if one is shown. */
export function stepFrom(
  timeline: TimelineStore,
  { listing, starts }: { readonly listing: Listing; readonly starts: readonly number[] },
  step: number,
): void {
  const { active, shown } = timeline.getState()
  const from = active === undefined ? -1 : rowOf(listing, starts, active)
  const run = runAt(listing.found, starts, Math.min(Math.max(from + step, 0), starts.length - 1))
  if (!run) return
  const { number } = run.newest
  timeline.setState({ active: number, shown: shown === undefined ? undefined : number })
}

/** Describes what `hideLike` hides, such as `pricing_clicked, dropped (frequency rule), from PricingLink`. */
export function similarInWords({ event, outcome, reason, trigger }: Decision): string {
  const why = reasonWords[reason]
  return `${event}, ${outcomeWords[outcome].toLowerCase()}${why && ` (${why})`}, from ${trigger.component}`
}
