import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { Decision } from '../../engine/record/decision.ts'
import { useOverlay, useOverlayState, useRecord, useTimeline } from '../overlay-state.ts'
import { Empty } from '../parts/empty.tsx'
import { clockTime } from '../parts/time-words.ts'
import { usePaced } from '../parts/use-paced.ts'
import { useViewStyles } from '../parts/use-styles.ts'
import { checklistStyles } from '../styles/checklist.ts'
import { attemptsOf } from '../timeline/timeline-state.ts'
import { AddEvent } from './add-event.tsx'
import { type Checked, check, checkOrder } from './checklist.ts'
import { type ChecklistState, checklistOf, taken } from './checklist-store.ts'
import { ExpectedRow } from './expected-row.tsx'
import { OpenChecklist } from './open-checklist.tsx'
import { ShareChecklist } from './share-checklist.tsx'

/** List of events that the tester expects. Each turns green when it fires. */
export function ChecklistView() {
  const overlay = useOverlay()
  const store = checklistOf(overlay)
  const { items, ordered } = useStore(store)
  const decisions = useDecisions()
  const checked = useChecked(store, decisions)
  const { since } = useStore(store)
  const styled = useViewStyles<HTMLDivElement>(checklistStyles)
  const order = ordered ? checkOrder(checked, decisions, since) : undefined
  return (
    <div ref={styled} className="scroll checklist">
      <Summary store={store} checked={checked} />
      <Offered store={store} />
      {items.length === 0 && (
        <Empty title="What should fire?">
          Choose the events that you expect, or open a list from a file. Each turns green when it fires.
        </Empty>
      )}
      <ol className="expected">
        {checked.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list may have an event twice
          <ExpectedRow key={index} store={store} index={index} checked={each} />
        ))}
      </ol>
      {order && !order.pass && <pre className="wrong-order">{order.message}</pre>}
      <AddEvent store={store} />
      <div className="block actions">
        <OpenChecklist store={store} />
        {items.length > 0 && <ShareChecklist store={store} checked={checked} order={order} />}
      </div>
      <Watching />
    </div>
  )
}

function useDecisions(): readonly Decision[] {
  const { decisions: recorded } = useRecord('summary')
  const earlier = useTimeline((now) => now.earlier)
  return useMemo(() => attemptsOf(recorded, { earlier, pausedAt: undefined }), [recorded, earlier])
}

function useChecked(store: StoreApi<ChecklistState>, decisions: readonly Decision[]): readonly Checked[] {
  const { tracker } = useOverlay()
  const { items, since } = useStore(store)
  const judged = useCallback(
    (all: readonly Decision[]) => check(items, all, since, tracker.record.get()),
    [items, since, tracker],
  )
  return usePaced(decisions, judged)
}

interface SummaryProps {
  readonly store: StoreApi<ChecklistState>
  readonly checked: readonly Checked[]
}

function Summary({ store, checked }: SummaryProps) {
  const { name, ordered, since } = useStore(store)
  const kept = useTimeline((now) => now.kept)
  const met = checked.filter(({ state }) => state === 'met').length
  if (checked.length === 0) return null
  return (
    <div className="summary">
      <p role="status">
        <b>
          {met} of {checked.length}
        </b>{' '}
        {name && <span>{name} </span>}
        <span className="muted">
          as expected since {since ? clockTime(since) : 'the page was loaded'}
          {!kept && '; a reload begins again unless attempts are kept'}
        </span>
      </p>
      <div className="tallies">
        <label className="check">
          <input
            type="checkbox"
            checked={ordered}
            onChange={(event) => store.setState({ ordered: event.target.checked })}
          />
          In this order
        </label>
        <button type="button" className="plain boxed" onClick={() => store.setState({ since: Date.now() })}>
          Start again
        </button>
        <button
          type="button"
          className="plain boxed"
          onClick={() => store.setState({ name: '', items: [], since: 0 })}
        >
          Clear the list
        </button>
      </div>
    </div>
  )
}

/** Checklist of the link to this page, which replaces the tester's own only after a click. */
function Offered({ store }: { readonly store: StoreApi<ChecklistState> }) {
  const { offered } = useStore(store)
  if (!offered) return null
  return (
    <div className="block actions" role="status">
      {'problem' in offered ? (
        <span className="problem">The link has no checklist that can be used. {offered.problem}</span>
      ) : (
        <>
          <span>
            The link has a checklist{offered.name && ` “${offered.name}”`} of {offered.events.length}.
          </span>
          <button type="button" className="plain boxed" onClick={() => store.setState(taken(offered))}>
            Use it instead
          </button>
        </>
      )}
      <button type="button" className="plain" onClick={() => store.setState({ offered: undefined })}>
        Ignore it
      </button>
    </div>
  )
}

function Watching() {
  const { state } = useOverlay()
  const watched = useOverlayState((now) => now.watched)
  const sound = useOverlayState((now) => now.sound)
  if (watched.length === 0) return null
  return (
    <div className="block actions">
      <span>
        A watched event flashes when it fires, also while the panel is closed:{' '}
        <code>{watched.join(', ')}</code>
      </span>
      <label className="check">
        <input
          type="checkbox"
          checked={sound}
          onChange={(event) => state.setState({ sound: event.target.checked })}
        />
        Sound too
      </label>
      <button type="button" className="plain boxed" onClick={() => state.setState({ watched: [] })}>
        Stop watching
      </button>
    </div>
  )
}
