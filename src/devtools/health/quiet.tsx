import { ownCopy, trackersOfPage } from '../../engine/live-trackers.ts'
import { inspectionOf } from '../../engine/record/inspection.ts'
import { nowhere } from '../../react/context.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { reportersOf } from '../page/reporters.ts'
import { Empty } from '../parts/empty.tsx'
import { Prose } from '../parts/prose.tsx'
import { useNow } from '../parts/use-now.ts'
import { diagnose } from './diagnose.ts'

/** Explains why the timeline is empty. */
export function Quiet() {
  const { tracker } = useOverlay()
  const { consent } = useRecord('summary')
  useNow()
  const inspection = inspectionOf(tracker)
  const states = Object.values(consent)
  const { title, text } = diagnose({
    alone: tracker === nowhere.tracker,
    tracker: inspection ? (inspection.isLive() ? 'live' : 'disposed') : 'foreign',
    plan: tracker.plan,
    live: trackersOfPage(),
    own: ownCopy,
    holds: inspection?.holds ?? true,
    pending: states.includes('pending') && !states.includes('granted'),
    reporters: reportersOf(tracker).length,
  })
  return (
    <Empty title={title}>
      <Prose>{text}</Prose>
    </Empty>
  )
}
