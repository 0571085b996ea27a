'use client'

import { useCallback } from 'react'
import { type IntentView, intentOf } from '../engine/intent.ts'
import type { History } from '../engine/types.ts'
import { useTracker } from './context.ts'
import { useHistory } from './use-history.ts'

/**
 * How much the visitor's events say of an intent, by the `intent` that the plan gives them: `score` 0-100 =
 * 100 · (1 − e^(−sum / 10)), where `sum` adds 1 (low), 3 (medium) or 9 (high) for each event, halved with each day since.
 * `level`: high from 50, medium from 20, low from 5, else none. On a server, and while its markup is taken over: none.
 */
export function useIntent(): IntentView {
  const { events } = useTracker().plan
  const look = useCallback((history: History) => intentOf(events, history), [events])
  return useHistory('useIntent', look)
}
