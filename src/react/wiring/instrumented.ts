'use client'

import { type Ref, useMemo } from 'react'
import { createReport } from './create-report.ts'
import { instrumentsOf } from './instruments.ts'
import { type OverlayPort, openOverlayPort } from './overlay-port.ts'
import { mergeRefs } from './render-element.ts'
import { useRendering } from './rendering.ts'
import type { Report, Reporter } from './report.ts'
import { useLatest } from './use-latest.ts'
import { useObservedRef } from './use-observed-ref.ts'

const trackerOf = ({ reporter }: Report) => reporter.current.tracker
const nothing = () => () => {}

function useReport<E extends Element>(reporter: Reporter, ref: Ref<E>) {
  const latest = useLatest({ ...reporter, rendering: useRendering() })
  const report = useMemo(() => createReport(latest), [latest])
  const own = useObservedRef<E>(report, nothing)
  return { report, ref: useMemo(() => mergeRefs<E>(own, ref), [own, ref]) }
}

const port: OverlayPort = {
  add: (element, report) => instrumentsOf(trackerOf(report)).add({ element, report }),
  noteFact: (fact, report) => instrumentsOf(trackerOf(report)).noteFact(fact, report),
  noteAttempt(number, report) {
    const { tracker, rendering } = report.reporter.current
    instrumentsOf(tracker).noteOrigin(number, report)
    if (rendering) port.noteRendering(tracker, number, rendering)
  },
  noteRendering: (tracker, number, rendering) => instrumentsOf(tracker).noteRendering(number, rendering),
  useReport,
}

/**
 * Records which elements report which events for the overlay: in development, and in a production build that includes
 * the overlay.
 */
export const keepInstruments = (): void => openOverlayPort(port)
