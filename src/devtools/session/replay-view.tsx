import { useContext, useEffect, useState } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import { inertTracker } from '../../engine/inert-tracker.ts'
import type { RecordState } from '../../engine/record/record-view.ts'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { duration } from '../../support/duration-in-words.ts'
import { createOverlay, type OverlayDefaults, OverlayProvider, useOverlay } from '../overlay-state.ts'
import { Empty } from '../parts/empty.tsx'
import { plural } from '../parts/time-words.ts'
import { Back } from '../parts/view-icons.tsx'
import { TimelineSlot } from '../timeline/timeline-slot.ts'
import { deltaMs, recordAt, replayedEvents, type Speed, speeds, waitMs } from './replay.ts'
import type { Session } from './session-file.ts'
import type { OpenedSession, SessionChoices } from './session-store.ts'

interface ReplayViewProps {
  readonly opened: OpenedSession
  readonly store: StoreApi<SessionChoices>
}

/** Plays an opened session in a separate timeline, attempt by attempt. */
export function ReplayView({ opened: { session }, store }: ReplayViewProps) {
  const Timeline = useContext(TimelineSlot)
  const { tracker, defaults } = useOverlay()
  const [stage] = useState(() => createStage(session, tracker.plan, defaults))
  const [shown, setShown] = useState(0)
  const [running, setRunning] = useState(false)
  const [speed, setSpeed] = useState<Speed>(1)
  const total = session.decisions.length
  const playing = running && shown < total
  const received = replayedEvents(session, shown).length

  useEffect(() => stage.show(shown), [stage, shown])

  useEffect(() => {
    if (!playing) return undefined
    const timer = setTimeout(() => setShown(shown + 1), waitMs(session, shown, speed))
    return () => clearTimeout(timer)
  }, [playing, session, shown, speed])

  const act = (name: string, runs: boolean, from: number) => (
    <button
      type="button"
      className="plain boxed"
      onClick={() => {
        setRunning(runs)
        setShown(from)
      }}
    >
      {name}
    </button>
  )

  return (
    <>
      <div className="player" role="toolbar" aria-label="Replay">
        <button type="button" className="plain square" onClick={() => store.setState({ playing: undefined })}>
          <Back />
          <span className="unseen">Back to the sessions</span>
        </button>
        {playing ? act('Pause', false, shown) : act('Play', true, shown === total ? 0 : shown)}
        {act('Step', false, Math.min(total, shown + 1))}
        {act('To the end', false, total)}
        <label>
          Speed
          <select value={speed} onChange={(event) => setSpeed(Number(event.target.value) as Speed)}>
            {speeds.map((each) => (
              <option key={each} value={each}>
                {each} ×
              </option>
            ))}
          </select>
        </label>
        <p className="muted">
          {shown} of {plural(total, 'attempt')}
          {shown > 1 && `, ${duration(deltaMs(session, shown - 1))} after the one before`};{' '}
          {plural(received, 'event')} to a destination in memory
        </p>
      </div>
      <OverlayProvider value={stage.overlay}>
        {shown > 0 ? (
          <Timeline />
        ) : (
          <div className="whole">
            <Empty title="Nothing is played yet">Play it, go step by step, or go to the end.</Empty>
          </div>
        )}
      </OverlayProvider>
    </>
  )
}

/** Creates an overlay with a record that this view writes, and a tracker that does nothing. */
function createStage(session: Session, plan: AnyPlan, defaults: OverlayDefaults) {
  const store = createStore<RecordState>(() => recordAt(session, 0))
  const same = plan.name === session.plan.name
  const inert = inertTracker(same ? plan : { ...session.plan, events: new Map(), funnels: {} }, 'disabled')
  const tracker: AnyTracker = {
    ...inert,
    record: { ...inert.record, get: store.getState, subscribe: store.subscribe },
  }
  return {
    overlay: createOverlay(tracker, defaults, { embedded: true }),
    show: (shown: number) => store.setState(recordAt(session, shown)),
  }
}
