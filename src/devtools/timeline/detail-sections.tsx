import type { ConsentSnapshot } from '../../engine/permission/consent-types.ts'
import type { Decision, RuleState } from '../../engine/record/decision.ts'
import type { PlannedEvent } from '../../plan/define-plan.ts'
import { ruleInWords } from '../../plan/words/frequency-in-words.ts'
import { unknownWords } from '../../support/unknown-outcome.ts'
import { OwnPayload } from '../extensions/own-payload.tsx'
import { anomalyInWords } from '../journey/words.ts'
import { showDelivery } from '../network/network-state.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { AttemptLink } from '../parts/attempt-link.tsx'
import { consentWords, opensInWords } from '../parts/detail-words.ts'
import { JsonView } from '../parts/json-view.tsx'
import { PayloadTree, parsedPayload } from '../parts/payload-tree.tsx'
import { Facts, Section } from '../parts/section.tsx'
import { ago, clockTime } from '../parts/time-words.ts'
import { deliveryWords, isTrouble } from '../parts/words.ts'

interface FrequencyProps {
  readonly states: readonly RuleState[]
  readonly planned: PlannedEvent | undefined
  readonly now: number
}

export function Frequency({ states, planned, now }: FrequencyProps) {
  const none =
    planned?.rules.length === 0 ? 'No rule: every time.' : 'Not checked: the attempt ended before that.'
  return (
    <Section title="Frequency">
      {states.length === 0 && <p className="muted">{none}</p>}
      {states.map((state) => {
        const { rule, key, count, earlier, opensAt, open } = state
        const at = opensAt === undefined ? '' : ` (${clockTime(opensAt)})`
        return (
          <Facts
            key={ruleInWords(rule) + key}
            facts={[
              ['Rule', ruleInWords(rule)],
              ['Key', key, 'code'],
              ['Counted before', Number.isFinite(rule.max) ? `${count} of ${rule.max}` : count],
              [
                'Last counted',
                earlier === undefined ? 'not yet' : `${ago(earlier, now)} (${clockTime(earlier)})`,
              ],
              ['At this attempt', open ? 'open' : `closed; ${opensInWords(state, now)}${at}`],
            ]}
          />
        )
      })}
    </Section>
  )
}

export function Deliveries({ decision }: { readonly decision: Decision }) {
  const { number, deliveries } = decision
  const overlay = useOverlay()
  const all = Object.entries(deliveries)
  return (
    <Section title="Deliveries">
      {all.length === 0 && <p className="muted">To no destination.</p>}
      <ul className="deliveries">
        {all.map(([name, delivery]) => (
          <li key={name} data-trouble={isTrouble(delivery)}>
            <button
              type="button"
              className="link name"
              title="Show its way"
              onClick={() => showDelivery(overlay, number, name)}
            >
              {name}
            </button>{' '}
            {deliveryWords[delivery.state]}
            {delivery.attempts > 0 && <span className="muted"> · attempt {delivery.attempts}</span>}
            {delivery.nextAt !== undefined && (
              <span className="muted"> · next at {clockTime(delivery.nextAt)}</span>
            )}
            <OwnPayload as="Summary" name={name} payload={delivery.payload} decision={decision} />
            {delivery.error && <code className="error">{delivery.error}</code>}
            {delivery.notes?.map((note) => (
              <p key={note} className="muted">
                {note}
              </p>
            ))}
            <OwnPayload as="Payload" name={name} payload={delivery.payload} decision={decision} />
            {delivery.payload !== undefined && (
              <PayloadTree label={`As ${name} takes it`} value={parsedPayload(delivery.payload)} />
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function ConsentFacts({ consent }: { readonly consent: ConsentSnapshot }) {
  const categories = Object.entries(consent)
  return (
    <Section title="Consent at that time">
      {categories.length === 0 && <p className="muted">No category.</p>}
      <Facts facts={categories.map(([category, state]) => [category, consentWords[state]])} />
    </Section>
  )
}

/** Explains why neither success nor failure of this form submission counts. */
function useUnknownOutcome(attemptId: string | undefined): string | undefined {
  const { decisions, unknownOutcomes = [] } = useRecord()
  const found = unknownOutcomes.findLast((unknown) => unknown.attemptId === attemptId)
  const isKnown = decisions.some(
    ({ trigger }) => trigger.attemptId === attemptId && /^(success|failure)$/.test(trigger.fact),
  )
  return found && !isKnown ? `unknown: ${unknownWords[found.why]}` : undefined
}

export function Origin({
  decision: { trigger, page, scope, experiments, replay },
}: {
  readonly decision: Decision
}) {
  const outcome = useUnknownOutcome(trigger.attemptId)
  return (
    <Section title="Origin">
      <Facts
        facts={[
          ['Component', trigger.component, 'code'],
          ['Fact', trigger.fact, 'code'],
          ['Fact key', trigger.factKey, 'code'],
          ['Form submission', trigger.attemptId, 'code'],
          ['Outcome of the form', outcome],
          ['Cause', trigger.fromEffect ? 'the component appeared' : undefined],
          ['Page', `${page.path || page.url} (page ${page.number})`],
          ['Page type', page.type],
          ['Title', page.title],
          ['Referrer', page.referrer],
        ]}
      />
      {Object.keys(scope).length > 0 && <JsonView value={{ scope }} empty="" />}
      {replay && (
        <a href={replay} target="_blank" rel="noreferrer">
          Session replay
        </a>
      )}
      {experiments && <JsonView value={{ experiments }} empty="" />}
    </Section>
  )
}

interface EventFactsProps {
  readonly decision: Decision
  readonly planned: PlannedEvent | undefined
  readonly now: number
}

export function EventFacts({ decision, planned, now }: EventFactsProps) {
  return (
    <Section title="Event">
      <Facts
        facts={[
          [
            'Attempt',
            `${decision.number > 0 ? `no. ${decision.number}` : 'before the reload'}, ${ago(decision.time, now)} (${clockTime(decision.time)})`,
          ],
          ['Event id', decision.eventId ?? 'none yet', decision.eventId && 'code'],
          [
            'Ids',
            decision.unsettled ? 'not settled: it left with its page before storage had answered' : undefined,
          ],
          ['Stage', planned?.stage],
          ['Goal', planned?.goal, 'code'],
          ['Owner', planned?.owner],
          ['Sent as', planned?.wireName, 'code'],
          [
            'Sample',
            decision.sampleRate < 1 ? `${+(decision.sampleRate * 100).toFixed(2)}% of users` : undefined,
          ],
        ]}
      />
    </Section>
  )
}

/** Shows the causes of a derived event, and anomalies of its place in the journey. */
export function Causes({ decision: { causes, dueAt, anomalies = [] } }: { readonly decision: Decision }) {
  if (!causes && anomalies.length === 0) return null
  return (
    <Section title="Journey">
      {causes && (
        <ul className="deliveries">
          {causes.map(({ event, time, number }) => (
            <li key={`${event}${time}${number}`}>
              Follows from <span className="name">{event}</span> ({clockTime(time)}){' '}
              {number !== undefined && <AttemptLink number={number} />}
            </li>
          ))}
        </ul>
      )}
      {dueAt !== undefined && <p>It was due at {clockTime(dueAt)}, and found when the user came back.</p>}
      {anomalies.map((anomaly) => (
        <p key={anomaly.kind + anomaly.funnel} data-trouble="true">
          It {anomalyInWords(anomaly)}.
        </p>
      ))}
    </Section>
  )
}
