import { useMemo, useSyncExternalStore } from 'react'
import type { Decision, History, Reason } from '../../engine/types.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { useNow } from '../parts/use-now.ts'

const never = () => () => {}

/** Reasons to withhold an event that has counted as a cause: sampling and consent come after. */
const late: ReadonlySet<Reason> = new Set([
  'sampled-out',
  'consent-pending',
  'consent-denied',
  'no-destination',
  'before-send',
  'queue-full',
  'hold-expired',
])

const counts = ({ outcome, reason, trigger }: Decision) =>
  trigger.synthetic !== 'kept' &&
  (outcome === 'fired' || outcome === 'held' || (outcome === 'dropped' && late.has(reason)))

/** What came before: as the tracker remembers it, else, by the same rule, as far as the record goes. */
export function useHistory(): History {
  const { journey } = useOverlay().tracker
  const { decisions } = useRecord('summary')
  const now = useNow()
  const remembered = useSyncExternalStore(journey?.subscribe ?? never, () => journey?.get())
  const recorded = useMemo(
    () => decisions.filter(counts).map(({ event, time }) => ({ event, time, session: '' })),
    [decisions],
  )
  return remembered ? { ...remembered, now } : { steps: recorded, session: '', now }
}
