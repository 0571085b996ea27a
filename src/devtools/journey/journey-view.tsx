import { type FunnelView, funnelOf } from '../../engine/journey/funnel.ts'
import { intentOf } from '../../engine/journey/intent.ts'
import type { History } from '../../engine/journey/journey-view.ts'
import { afterInWords } from '../../plan/words/after-in-words.ts'
import { duration } from '../../support/duration-in-words.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { AttemptLink } from '../parts/attempt-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { Section } from '../parts/section.tsx'
import { ago, inDigits, plural } from '../parts/time-words.ts'
import { useViewStyles } from '../parts/use-styles.ts'
import { StepIcon, type StepState } from '../parts/view-icons.tsx'
import { journeyStyles } from '../styles/journey.ts'
import { askWhy } from '../why/why-state.ts'
import { useHistory } from './use-history.ts'
import { WaterfallSection } from './waterfall-section.tsx'
import { anomalyInWords, noticedInWords } from './words.ts'

/** Maximum attempts in the list of anomalies. */
const MAX_SHOWN = 20

/** Shows the user's progress in each funnel, their likely intent, and the causes of derived events. */
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
          This tracker remembers nothing beyond this page, so this view shows only what was recorded here. For
          more, add the plugin: <code>createTracker({'{ plan, plugins: [journey()] }'})</code>.
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
              <Derived
                key={name}
                name={name}
                rule={`fires ${afterInWords(after)}. ${noticedInWords(after)}`.trim()}
              />
            ))}
          </ul>
        </Section>
      )}
      {tracker.journey && <Anomalies />}
      <WaterfallSection />
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
              <span className="fired">{attemptsInWords(counts[event])}</span>
            </li>
          )
        })}
      </ol>
    </article>
  )
}

function attemptsInWords({ fired, held }: { fired: number; held: number } = { fired: 0, held: 0 }): string {
  return `${inDigits(fired)} fired${held > 0 ? `, ${inDigits(held)} held` : ''}`
}

function Intent({ history }: { readonly history: History }) {
  const { tracker } = useOverlay()
  const { score, level } = intentOf(tracker.plan.events, history)
  const named = [...tracker.plan.events.values()].some(({ intent }) => intent)
  return (
    <Section title="Intent">
      {named ? (
        <>
          <p>
            The user’s intent is <strong>{level}</strong>: {score} of 100.
          </p>
          <details className="folded">
            <summary>How it is computed</summary>
            <p className="muted">
              Events of low intent add 1, of medium 3, of high 9, halved with each day. The score is 100 · (1
              − e^(−sum / 10)).
            </p>
          </details>
        </>
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
          Last: <AttemptLink number={last.number} />, because of{' '}
          {last.causes?.map(({ event, number }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two causes may have the same event and time
            <span key={index} className="cause">
              {number === undefined ? `${event} on an earlier page` : <AttemptLink number={number} />}
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
                <span className="name">{event}</span> {found.map(anomalyInWords).join('; it ')}.{' '}
                <AttemptLink number={number} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
