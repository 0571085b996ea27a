'use client'

import { useMemo } from 'react'
import { usePlace } from '../context.ts'
import { createReport } from '../wiring/create-report.ts'
import { useRendering } from '../wiring/rendering.ts'
import type { FactOptions, Report, Reporter } from '../wiring/report.ts'
import { useLatest } from '../wiring/use-latest.ts'

/** Returns a stable function that reports the facts of a trigger as events of the current tracker. */
export function useFacts(
  standard: Readonly<Record<string, string>>,
  options: FactOptions & Pick<Reporter, 'name' | 'memory'>,
): Report {
  const { tracker, scope } = usePlace()
  const latest = useLatest({ ...options, tracker, scope, standard, rendering: useRendering() })
  return useMemo(() => createReport(latest), [latest])
}
