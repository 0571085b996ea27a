import { useId } from 'react'
import { useOverlay, useOverlayState, useRecord } from '../overlay-state.ts'
import { usePageState } from '../page/page-state.ts'
import { Empty } from '../parts/empty.tsx'
import { useViewStyles } from '../parts/use-styles.ts'
import { whyStyles } from '../styles/why.ts'
import { Answer } from './answer.tsx'
import { PickedElement } from './picked-element.tsx'

/** Explains why an event does not fire, or what an element of the page can report. */
export function WhyView() {
  const overlay = useOverlay()
  const { state, page, tracker } = overlay
  const asked = useOverlayState((now) => now.asked)
  const picking = usePageState(page, (now) => now.picking)
  const catching = usePageState(page, (now) => now.catching)
  const picked = usePageState(page, (now) => now.picked)
  const marked = usePageState(page, (now) => now.marked)
  const { counts } = useRecord()
  const id = useId()
  const styled = useViewStyles<HTMLDivElement>(whyStyles)
  const names = [...new Set([...tracker.plan.events.keys(), ...Object.keys(counts)])]

  return (
    <div ref={styled} className="scroll why-view">
      <div className="ask">
        <label htmlFor={id}>Event</label>
        <select
          id={id}
          value={asked ?? ''}
          onChange={(event) => {
            page.setState({ picked: undefined })
            state.setState({ asked: event.target.value || undefined })
          }}
        >
          <option value="">Choose one…</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
              {tracker.plan.events.has(name) ? '' : ' (not in the plan)'}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="chip"
          aria-pressed={picking}
          onClick={() => page.setState({ picking: !picking })}
        >
          {catching ? 'Click an element, or press Escape' : 'Pick on the page'}
        </button>
        <button
          type="button"
          className="chip"
          aria-pressed={marked}
          onClick={() => page.setState({ marked: !marked })}
        >
          Counts on the page
        </button>
      </div>
      {picked ? (
        <PickedElement element={picked} />
      ) : asked ? (
        <Answer key={asked} event={asked} />
      ) : (
        <Empty title="Why does it not fire?">
          Choose an event of the plan, or pick an element of the page: each check between it and its
          destinations is shown, with what was seen and how to make it pass.
        </Empty>
      )}
    </div>
  )
}
