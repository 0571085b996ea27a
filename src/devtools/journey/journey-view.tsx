import { type FunnelView, funnelOf } from '../../engine/funnel.ts'
import { intentOf } from '../../engine/intent.ts'
import type { History } from '../../engine/types.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { AttemptLink } from '../parts/attempt-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { StepIcon, type StepState } from '../parts/icons.tsx'
import { Section } from '../parts/section.tsx'
import { ago, duration, plural } from '../parts/time-words.ts'
import { useViewStyles } from '../parts/use-styles.ts'
import { journeyStyles } from '../styles/journey.ts'
import { askWhy } from '../why/why-state.ts'
import { useHistory } from './use-history.ts'
import { afterInWords, anomalyInWords } from './words.ts'

/** As many as somebody reads. */
const MAX_SHOWN = 20

/** Where the visitor stands in each funnel, what they seem to intend, and what followed from what. */
export function JourneyView() {
  const { tracker } = useOverlay()
  const history = useHistory()
  const styled = useViewStyles<HTMLDivElement>(journeyStyles)
  const funnels = Object.entries(tracker.plan.funnels)
  const derived = [...tracker.plan.events].flatMap(([name, { after }]) => (after ? [{ name, after }] : []))
  return (
    <div ref={styled} className="scroll journey">
      <h3 className="unseen">Journey</h3>
      {!tracker.journey && (
        <p className="muted note">
          This tracker remembers nothing beyond this page: what follows is what was recorded here.{' '}
          <code>createTracker({'{ plan, journey }'})</code> remembers, and derives events.
        </p>
      )}
      {funnels.length === 0 && (
        <Empty title="No funnel in the plan">
          Name the steps towards a goal, in order, under <code>funnels</code> of <code>definePlan</code>.
        </Empty>
      )}
      {funnels.map(([name, funnel]) => (
        <Funnel key={name} name={name} view={funnelOf(funnel, history)} now={history.now} />
      ))}
      <Intent history={history} />
      {derived.length > 0 && (
        <Section title="Derived events">
          <ul className="derived">
            {derived.map(({ name, after }) => (
              <Derived key={name} name={name} rule={afterInWords(after)} />
            ))}
          </ul>
        </Section>
      )}
      {tracker.journey && <Anomalies />}
    </div>
  )
}

interface FunnelProps {
  readonly name: string
  readonly view: FunnelView
  readonly now: number
}

const stateWords: Readonly<Record<StepState, string>> = {
  reached: 'Reached',
  next: 'Next',
  ahead: 'Not reached',
}

function Funnel({ name, view, now }: FunnelProps) {
  const overlay = useOverlay()
  const { counts } = useRecord('summary')
  const { steps, current, next, completed, expired, outOfOrder, repeated } = view
  const stand = completed
    ? 'completed'
    : expired
      ? 'its time is up: it begins again with its first step'
      : next && current >= 0
        ? `next: ${next}`
        : 'not begun'
  return (
    <article className="section" aria-label={`Funnel ${name}`}>
      <h3 className="funnel-name">
        {name} <span className="muted">{stand}</span>
      </h3>
      <ol className="steps">
        {steps.map(({ event, time, betweenMs }, index) => {
          const state = time !== undefined ? 'reached' : event === next && current >= 0 ? 'next' : 'ahead'
          return (
            <li key={event} data-step={state} aria-current={index === current ? 'step' : undefined}>
              <StepIcon state={state} />
              <span className="unseen">{stateWords[state]}: </span>
              <button type="button" className="name link" onClick={() => askWhy(overlay, event)}>
                {event}
              </button>
              <span className="muted">
                {[
                  time !== undefined && ago(time, now),
                  betweenMs !== undefined && `${duration(betweenMs)} after the step before`,
                  outOfOrder.includes(event) && 'out of order',
                  repeated.includes(event) && 'repeated',
                ]
                  .filter(Boolean)
                  .join(', ')}
              </span>
              <span className="fired">{(counts[event]?.fired ?? 0).toLocaleString('en')} fired</span>
            </li>
          )
        })}
      </ol>
    </article>
  )
}

function Intent({ history }: { readonly history: History }) {
  const { tracker } = useOverlay()
  const { score, level } = intentOf(tracker.plan.events, history)
  const named = [...tracker.plan.events.values()].some(({ intent }) => intent)
  return (
    <Section title="Intent">
      {named ? (
        <p>
          <strong>{score}</strong> of 100, {level}.{' '}
          <span className="muted">
            Low adds 1, medium 3, high 9, halved with each day; 100 · (1 − e^(−sum / 10)).
          </span>
        </p>
      ) : (
        <p className="muted">
          No event of the plan has an <code>intent</code>.
        </p>
      )}
    </Section>
  )
}

function Derived({ name, rule }: { readonly name: string; readonly rule: string }) {
  const overlay = useOverlay()
  const { decisions } = useRecord('summary')
  const last = decisions.findLast(({ event, causes }) => event === name && causes)
  return (
    <li>
      <button type="button" className="name link" onClick={() => askWhy(overlay, name)}>
        {name}
      </button>{' '}
      <span className="muted">{rule}</span>
      {last && (
        <p>
          <AttemptLink number={last.number} /> followed from{' '}
          {last.causes?.map(({ event, number }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two causes may be of one event and moment
            <span key={index} className="cause">
              {number === undefined ? `${event}, of an earlier page` : <AttemptLink number={number} />}
            </span>
          ))}
        </p>
      )}
    </li>
  )
}

function Anomalies() {
  const { decisions, anomalies } = useRecord('summary')
  const total = Object.values(anomalies).reduce((sum, count) => sum + (count ?? 0), 0)
  const shown = decisions.filter((decision) => decision.anomalies?.length).slice(-MAX_SHOWN)
  return (
    <Section title="Out of order">
      {total === 0 ? (
        <p className="muted">Nothing came where the plan does not expect it.</p>
      ) : (
        <>
          <p>{plural(total, 'anomaly', 'anomalies')} so far.</p>
          <ul className="derived">
            {shown.map(({ number, event, anomalies: found = [] }) => (
              <li key={number}>
                <span className="name">{event}</span>: {found.map(anomalyInWords).join('; ')}{' '}
                <AttemptLink number={number} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
