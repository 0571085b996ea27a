import { useMemo } from 'react'
import type { Decision } from '../../engine/record/decision.ts'
import { inspectionOf } from '../../engine/record/inspection.ts'
import { showDelivery } from '../network/network-state.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { framing } from '../page/page-state.ts'
import { factsFor, isInView, type Reporter, reportersOf, titleOf } from '../page/reporters.ts'
import { AttemptLink } from '../parts/attempt-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { deniedByGpc } from '../parts/gpc.ts'
import { needsOf } from '../parts/needs.ts'
import { Prose } from '../parts/prose.tsx'
import { Section } from '../parts/section.tsx'
import { useNow } from '../parts/use-now.ts'
import { CheckIcon } from '../parts/view-icons.tsx'
import type { CheckState } from '../parts/words.ts'
import { evidenceOf } from './evidence.ts'
import { explain, obstacle } from './explain.ts'
import { headlineOf } from './headline.ts'
import type { Check } from './scene.ts'
import { Simulate } from './simulate.tsx'
import { witnessOf } from './witnesses.ts'

const stateWords: Readonly<Record<CheckState, string>> = {
  passes: 'Passes',
  fails: 'Fails',
  waits: 'Not yet',
  unknown: 'Unknown',
  unchecked: 'Not checked yet',
}

/** Shows the checks of one event, and the first one that blocks it. */
export function Answer({ event }: { readonly event: string }) {
  const overlay = useOverlay()
  const { tracker } = overlay
  const record = useRecord()
  const now = useNow()
  const inspection = inspectionOf(tracker)
  const attempts = useMemo(
    () =>
      record.decisions.filter(
        (decision) => decision.event === event && decision.trigger.synthetic !== 'kept',
      ),
    [record.decisions, event],
  )
  if (!inspection)
    return (
      <Empty title="Nothing is tracked here">
        This tracker takes every call and emits nothing: it runs on a server, or was disposed.
      </Empty>
    )

  const reporters = reportersOf(tracker).filter((reporter) => factsFor(reporter, event).length > 0)
  const last: Decision | undefined = attempts.at(-1)
  const look = inspection.look({ event, properties: last?.properties, trigger: last?.trigger })
  const checks = explain({
    event,
    names: [...tracker.plan.events.keys()],
    look,
    needs: needsOf(inspection.destinations),
    shadows: inspection.destinations.flatMap(({ name, shadow }) => (shadow ? name : [])),
    consent: record.consent,
    gpc: deniedByGpc(record.consent, inspection.signals),
    holds: inspection.holds,
    derives: tracker.journey !== undefined,
    sources: reporters.map((reporter) => ({
      component: reporter.component,
      facts: factsFor(reporter, event),
      inView: isInView(reporter.instrument.element),
    })),
    last,
    attempts: attempts.length,
    now,
  })
  const first = obstacle(checks)
  const witness = witnessOf({
    tracker,
    event,
    reporters,
    decisions: record.decisions,
    unknownOutcomes: record.unknownOutcomes ?? [],
  })
  const { text, attempt } = headlineOf({ last, first, evidence: witness && evidenceOf(witness, now), now })
  return (
    <>
      <div className="verdict-line" data-state={first?.state ?? 'passes'}>
        <CheckIcon state={first?.state ?? 'passes'} />
        <p>
          <strong>
            <Prose>{text}</Prose>
          </strong>{' '}
          {attempt !== undefined && (
            <>
              See <AttemptLink number={attempt} />.{' '}
            </>
          )}
          {first?.fix && <Prose>{first.fix}</Prose>}
        </p>
      </div>
      <Checks checks={checks} first={first} last={last} />
      {look.planned?.rules.length ? (
        <button type="button" className="plain boxed spaced" onClick={() => inspection.forgetCounts(event)}>
          Reset frequency counters
        </button>
      ) : null}
      {reporters.length > 0 && <Reporters reporters={reporters} event={event} />}
      <Simulate event={event} reporters={reporters} last={last} />
    </>
  )
}

interface ChecksProps {
  readonly checks: readonly Check[]
  /** First check in the way; its fix is in the headline. */
  readonly first: Check | undefined
  /** Newest attempt of the event. */
  readonly last: Decision | undefined
}

function Checks({ checks, first, last }: ChecksProps) {
  const overlay = useOverlay()
  return (
    <ol className="checks">
      {checks.map((check) => (
        <li key={check.name} data-state={check.state} className={check === first ? 'first' : undefined}>
          <CheckIcon state={check.state} />
          <span className="unseen">{stateWords[check.state]}: </span>
          <span className="name">{check.name}</span>{' '}
          <span className="seen">
            <Prose>{check.seen}</Prose>
          </span>
          {check.fix && check !== first && (
            <span className="fix">
              <Prose>{check.fix}</Prose>
            </span>
          )}
          {check.undelivered !== undefined && last && (
            <span className="fix">
              <button
                type="button"
                className="link"
                onClick={() => showDelivery(overlay, last.number, check.undelivered ?? '')}
              >
                Show its requests
              </button>
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

/** Lists the elements that can report the event; hovering an entry frames its element on the page. */
function Reporters({
  reporters,
  event,
}: {
  readonly reporters: readonly Reporter[]
  readonly event: string
}) {
  const { page } = useOverlay()
  return (
    <Section title="On this page">
      <ul className="reporters">
        {reporters.slice(0, 20).map((reporter, index) => {
          const { element } = reporter.instrument
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: elements have no id
            <li key={index}>
              <button
                type="button"
                className="link"
                onClick={() => element.scrollIntoView({ block: 'center', behavior: 'instant' })}
                {...framing(page, () => element)}
              >
                {titleOf(reporter)}
              </button>{' '}
              <span className="muted">at {factsFor(reporter, event).join(', ')}</span>
            </li>
          )
        })}
      </ul>
      {reporters.length > 20 && <p className="muted">… and {reporters.length - 20} more</p>}
    </Section>
  )
}
