'use client'

import { useTracker } from './context.ts'
import { knownInstruments } from './instruments.ts'
import type { Report } from './report.ts'

const none = () => {}

/** Tells the overlay, where there is one, which element `report` is about, until the returned stop. */
export function useInstrument(report: Report): (element: Element) => () => void {
  const tracker = useTracker()
  return (element) => knownInstruments(tracker)?.add({ element, report }) ?? none
}
