import { useEffect } from 'react'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { reportersAt, reportersOf, titleOf } from '../page/reporters.ts'
import { Empty } from '../parts/empty.tsx'
import { outcomes, outcomeWords } from '../parts/words.ts'
import { askWhy } from './why-state.ts'

/** Lists the events that an element can report, including those that it never reported. */
export function PickedElement({ element }: { readonly element: Element }) {
  const overlay = useOverlay()
  const { tracker, page } = overlay
  const { counts } = useRecord()
  const found = reportersAt(reportersOf(tracker), element)

  useEffect(() => {
    page.setState({ framed: [element] })
    return () => page.setState({ framed: [] })
  }, [page, element])

  if (found.length === 0) {
    return (
      <Empty title="No component reports here">
        Neither this element nor one around it is tracked. Elements are known while their component is
        mounted; those that only call <code>track</code> are not.
      </Empty>
    )
  }
  return found.map((reporter) => (
    <div key={reporter.component + reporter.name} className="picked">
      <h3 className="subtitle">{titleOf(reporter)}</h3>
      <ul className="events">
        {Object.entries(reporter.events).map(([fact, event]) => (
          <li key={fact} className="planned">
            <div className="what">
              <span className="muted">{fact}</span>
              {event === undefined ? (
                <span className="muted">no event wants it</span>
              ) : (
                <button
                  type="button"
                  className="name link"
                  title="Why it fires, or does not"
                  onClick={() => askWhy(overlay, event)}
                >
                  {event}
                </button>
              )}
            </div>
            <div className="tallies">
              {event !== undefined && !counts[event]?.fired && <span className="never">Never fired</span>}
              {event !== undefined &&
                outcomes.map((outcome) =>
                  counts[event]?.[outcome] ? (
                    <span key={outcome}>
                      {counts[event][outcome]} {outcomeWords[outcome].toLowerCase()}
                    </span>
                  ) : null,
                )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  ))
}
