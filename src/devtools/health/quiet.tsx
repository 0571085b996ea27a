import { inspectionOf } from '../../engine/inspection.ts'
import { liveTrackers, ownCopy } from '../../engine/live-trackers.ts'
import { orphan } from '../../react/context.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { reportersOf } from '../page/reporters.ts'
import { Empty } from '../parts/empty.tsx'
import { Prose } from '../parts/prose.tsx'
import { useNow } from '../parts/use-now.ts'
import { diagnose } from './diagnose.ts'

/** An empty timeline that says why it is empty. */
export function Quiet() {
  const { tracker } = useOverlay()
  const { consent } = useRecord('summary')
  useNow()
  const inspection = inspectionOf(tracker)
  const states = Object.values(consent)
  const { title, text } = diagnose({
    alone: tracker === orphan,
    tracker: inspection ? (inspection.isLive() ? 'live' : 'disposed') : 'foreign',
    plan: tracker.plan,
    live: [...liveTrackers()],
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
