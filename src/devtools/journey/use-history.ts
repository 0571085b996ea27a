import { useMemo, useSyncExternalStore } from 'react'
import type { History } from '../../engine/journey/journey-view.ts'
import type { Decision, Reason } from '../../engine/record/decision.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { useNow } from '../parts/use-now.ts'

const never = () => () => {}

/** Reasons that withhold an event after it has counted as a cause: the tracker checks sampling and consent later. */
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

/** Returns past events as the tracker remembers them. Without a journey it applies the same rule to the record. */
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
