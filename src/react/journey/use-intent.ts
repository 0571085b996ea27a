'use client'

import { useCallback } from 'react'
import { type IntentView, intentOf } from '../../engine/journey/intent.ts'
import type { History } from '../../engine/journey/journey-view.ts'
import { useTracker } from '../context.ts'
import { useHistory } from './use-history.ts'

/**
 * Returns the user's intent, computed from the `intent` that the plan gives to the events of this user. `score` is
 * 0–100: 100 · (1 − e^(−sum / 10)), where `sum` adds 1 (low), 3 (medium) or 9 (high) per event, halved for each day
 * since the event. `level` is `high` from 50, `medium` from 20, `low` from 5, else `none`. During server rendering and
 * hydration the level is `none`.
 *
 * @example
 * const { level } = useIntent()
 * return level === 'high' ? <BookDemo /> : <Newsletter />
 */
export function useIntent(): IntentView {
  const { events } = useTracker().plan
  const look = useCallback((history: History) => intentOf(events, history), [events])
  return useHistory('useIntent', look)
}
