import { useMemo } from 'react'
import { deniedByGpc } from '../../engine/consent.ts'
import { inspectionOf } from '../../engine/inspection.ts'
import type { Decision } from '../../engine/types.ts'
import { showDelivery } from '../network/network-state.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { framing } from '../page/page-state.ts'
import { factsFor, isInView, type Reporter, reportersOf, titleOf } from '../page/reporters.ts'
import { Empty } from '../parts/empty.tsx'
import { hasGpc } from '../parts/gpc.ts'
import { CheckIcon } from '../parts/icons.tsx'
import { needsOf } from '../parts/needs.ts'
import { Prose } from '../parts/prose.tsx'
import { Section } from '../parts/section.tsx'
import { useNow } from '../parts/use-now.ts'
import type { CheckState } from '../parts/words.ts'
import { explain, obstacle } from './explain.ts'
import type { Check } from './scene.ts'
import { Simulate } from './simulate.tsx'

const stateWords: Readonly<Record<CheckState, string>> = {
  passes: 'Passes',
  fails: 'Fails',
  waits: 'Not yet',
  unknown: 'Unknown',
}

/** The checks of one event, and the first that stands in its way. */
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
    consent: record.consent,
    gpc: hasGpc() ? deniedByGpc(inspection.signals) : [],
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
  return (
    <>
      <div className="verdict-line" data-state={first?.state ?? 'passes'}>
        <CheckIcon state={first?.state ?? 'passes'} />
        <p>
          <strong>
            <Prose>{headline(event, first)}</Prose>
          </strong>{' '}
          {first?.mend && <Prose>{first.mend}</Prose>}
        </p>
      </div>
      <ol className="checks">
        {checks.map((check) => (
          <li key={check.name} data-state={check.state} className={check === first ? 'first' : undefined}>
            <CheckIcon state={check.state} />
            <span className="unseen">{stateWords[check.state]}: </span>
            <span className="name">{check.name}</span>{' '}
            <span className="seen">
              <Prose>{check.seen}</Prose>
            </span>
            {check.mend && check !== first && (
              <span className="mend">
                <Prose>{check.mend}</Prose>
              </span>
            )}
            {check.undelivered !== undefined && last && (
              <span className="mend">
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
      {look.planned?.rules.length ? (
        <button type="button" className="plain boxed spaced" onClick={() => inspection.forgetCounts(event)}>
          Forget what its frequency rules have counted
        </button>
      ) : null}
      {reporters.length > 0 && <Reporters reporters={reporters} event={event} />}
      <Simulate event={event} reporters={reporters} last={last} />
    </>
  )
}

function headline(event: string, first: Check | undefined): string {
  if (!first) return `Nothing stands in the way of ${event}: it fires when it is reported.`
  if (first.undelivered !== undefined) return `Fired, but did not arrive: ${first.seen}.`
  return `${first.state === 'fails' ? 'Does not fire' : 'Has not fired'}: ${first.name} – ${first.seen}.`
}

/** Where the event can come from; pointing at one frames it on the page. */
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
            // biome-ignore lint/suspicious/noArrayIndexKey: elements have no name
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
