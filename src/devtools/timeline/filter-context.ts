import type { Overlay } from '../overlay-state.ts'
import type { FilterContext } from './filter.ts'

/** As it is now. */
export function filterContextOf({
  tracker,
  notes,
  extensions,
}: Pick<Overlay, 'tracker' | 'notes' | 'extensions'>): FilterContext {
  return { plan: tracker.plan, notes: notes.getState(), columns: extensions.getState().columns }
}
