import { useId, useSyncExternalStore } from 'react'
import type { AnyTracker, Decision, FrequencyRule } from 'react-microconversions'

const signs = { fired: '✓', held: '‖', dropped: '⊘', shadowed: '◌' } as const
const shown = 20

/** Lists the decisions of this story, newest first, as the overlay does in an application. */
export function Happenings({ tracker }: { readonly tracker: AnyTracker }) {
  const { decisions } = useSyncExternalStore(tracker.record.subscribe, tracker.record.get)
  const id = useId()
  return (
    <section className="happenings" aria-labelledby={id}>
      <h2 id={id}>
        What happened <span>{decisions.length}</span>
      </h2>
      {decisions.length === 0 && <p>Nothing yet.</p>}
      <ol reversed>
        {decisions
          .slice(-shown)
          .reverse()
          .map((decision) => (
            <Happening key={decision.number} decision={decision} />
          ))}
      </ol>
    </section>
  )
}

function Happening({ decision }: { readonly decision: Decision }) {
  const { event, outcome, properties, deliveries } = decision
  const sent = Object.entries(deliveries).map(([name, { state }]) => `${name}: ${state}`)
  return (
    <li data-outcome={outcome}>
      <p>
        <span className="outcome">
          <span aria-hidden="true">{signs[outcome]}</span> {outcome}
        </span>{' '}
        <strong>{event}</strong> <span className="why">{why(decision)}</span>
      </p>
      <p className="facts">
        {properties && Object.keys(properties).length > 0 && <code>{JSON.stringify(properties)}</code>}{' '}
        {sent.join(', ')}
      </p>
    </li>
  )
}

function why({ reason, frequency, issues, would }: Decision): string {
  const closed = frequency.find((state) => !state.open)
  const rule = closed ? ` (${inWords(closed.rule)}${closed.key && `, ${closed.key}`})` : ''
  const issue = issues?.[0] ? ` · ${issues[0].message}` : ''
  return `${reason}${rule}${would ? `, would be ${would.outcome}` : ''}${issue}`
}

function inWords({ max, per, minGapMs }: FrequencyRule): string {
  const scope = typeof per === 'string' ? per : `${per.windowMs / 1000} s`
  const limit = Number.isFinite(max) ? [`${max} per ${scope}`] : []
  return [...limit, ...(minGapMs ? [`${minGapMs / 1000} s apart`] : [])].join(', ')
}
