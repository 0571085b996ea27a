import { useMemo, useSyncExternalStore } from 'react'
import type { History } from '../../engine/types.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { useNow } from '../parts/use-now.ts'

const never = () => () => {}

/** What came before: as the tracker remembers it, else as far as the record goes. */
export function useHistory(): History {
  const { journey } = useOverlay().tracker
  const { decisions } = useRecord('summary')
  const now = useNow()
  const remembered = useSyncExternalStore(journey?.subscribe ?? never, () => journey?.get())
  const recorded = useMemo(
    () =>
      decisions
        .filter(({ outcome, trigger }) => outcome === 'fired' && trigger.synthetic !== 'kept')
        .map(({ event, time }) => ({ event, time, session: '' })),
    [decisions],
  )
  return remembered ? { ...remembered, now } : { steps: recorded, session: '', now }
}
