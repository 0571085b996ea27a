import { useId, useRef } from 'react'
import type { Decision } from '../../engine/types.ts'
import { useOverlay } from '../overlay-state.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { describe } from '../parts/describe.ts'
import { Back, Cross, VerdictIcon } from '../parts/icons.tsx'
import { JsonView } from '../parts/json-view.tsx'
import { toJson } from '../parts/plain-value.ts'
import { Section } from '../parts/section.tsx'
import { useNow } from '../parts/use-now.ts'
import { findingInWords, issueInWords, outcomeWords, toneOf } from '../parts/words.ts'
import { useCatchFocus } from '../shell/use-catch-focus.ts'
import { ConsentFacts, Deliveries, EventFacts, Frequency, Origin } from './detail-sections.tsx'

/** One attempt: what became of it and why in sentences, then everything that was known. */
export function Detail({ decision }: { readonly decision: Decision }) {
  const { state, tracker } = useOverlay()
  const { event, outcome, properties, issues } = decision
  const now = useNow()
  const id = useId()
  const pane = useRef<HTMLElement>(null)
  const planned = tracker.plan.events.get(event)
  useCatchFocus(pane, undefined, true)

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <article ref={pane} className="detail" aria-labelledby={id} tabIndex={0}>
      <header className="detail-head">
        <button
          type="button"
          className="plain square back"
          onClick={() => state.setState({ shown: undefined })}
        >
          <Back />
          <Cross />
          <span className="unseen">Close the detail</span>
        </button>
        <h3 id={id} className="name">
          {event}
        </h3>
        <CopyButton text={() => toJson(decision)}>Copy as JSON</CopyButton>
      </header>
      <div className="lead" data-outcome={outcome} data-tone={toneOf(decision)}>
        <p className="badge">
          <VerdictIcon decision={decision} />
          <span className="verdict">{outcomeWords[outcome]}</span>{' '}
          <code className="muted">{decision.reason}</code>
        </p>
        <p>{describe(decision, { now, planned, names: [...tracker.plan.events.keys()] })}</p>
        {planned?.description && <p className="muted">{planned.description}</p>}
      </div>
      <Section title="Properties">
        {properties ? (
          <JsonView value={properties} empty="None." />
        ) : (
          <p className="muted">Not kept: nobody was watching at that time.</p>
        )}
      </Section>
      {issues && issues.length > 0 && (
        <Section title="Issues">
          <ul className="issues">
            {issues.map((issue) => (
              <li key={issueInWords(issue)}>{issueInWords(issue)}</li>
            ))}
          </ul>
        </Section>
      )}
      {decision.personalData && (
        <Section title="Personal data, replaced">
          <ul className="issues">
            {decision.personalData.map((finding) => (
              <li key={findingInWords(finding)}>{findingInWords(finding)}</li>
            ))}
          </ul>
        </Section>
      )}
      <Frequency states={decision.frequency} planned={planned} now={now} />
      <Deliveries decision={decision} />
      <ConsentFacts consent={decision.consent} />
      <Origin decision={decision} />
      <EventFacts decision={decision} planned={planned} now={now} />
    </article>
  )
}
