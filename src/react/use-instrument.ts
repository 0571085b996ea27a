'use client'

import { useTracker } from './context.ts'
import { instrumentsOf } from './instruments.ts'
import type { Report } from './report.ts'

type Add = (element: Element) => () => void

function useInstrumentOfTracker(report: Report): Add {
  const tracker = useTracker()
  return (element) => instrumentsOf(tracker).add({ element, report })
}

const none: Add = () => () => {}

/** Tells the overlay which element `report` is about, until the returned stop. In production nothing is told. */
export const useInstrument: (report: Report) => Add =
  process.env.NODE_ENV === 'production' ? () => none : useInstrumentOfTracker
