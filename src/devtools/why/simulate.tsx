import { useId, useMemo, useState } from 'react'
import type { Properties } from '../../engine/pipeline/occurrence.ts'
import type { Decision } from '../../engine/record/decision.ts'
import { inspectionOf } from '../../engine/record/inspection.ts'
import { useOverlay } from '../overlay-state.ts'
import { factsFor, type Reporter, titleOf } from '../page/reporters.ts'
import { describe } from '../parts/describe.ts'
import { toJson } from '../parts/plain-value.ts'
import { Section } from '../parts/section.tsx'
import { outcomeWords } from '../parts/words.ts'
import { sampleFact } from './sample-facts.ts'
import { sampleProperties } from './sample-properties.ts'

interface SimulateProps {
  readonly event: string
  readonly reporters: readonly Reporter[]
  readonly last: Decision | undefined
}

/** One way to fire the event: a call of `track`, or a fact of a component on the page. */
interface Way {
  readonly title: string
  readonly sample: Properties
  readonly fire: (given: Properties, deliver: boolean) => Decision | undefined
}

/**
 * Form that fires the event without a user action. The event is marked as synthetic and reaches destinations only if
 * the tester chooses so.
 */
export function Simulate({ event, reporters, last }: SimulateProps) {
  const overlay = useOverlay()
  const { tracker } = overlay
  const id = useId()
  const planned = tracker.plan.events.get(event)
  const sample = useMemo(() => sampleProperties(planned?.properties), [planned])
  const ways = waysTo()
  const [chosen, setChosen] = useState(0)
  const way = ways[chosen] ?? ways[0]
  const [text, setText] = useState<string>()
  const [deliver, setDeliver] = useState(false)
  const [answer, setAnswer] = useState<Decision | string>()
  if (!way) return null

  function waysTo(): readonly Way[] {
    const byHand: Way = {
      title: 'a call of track',
      sample: last?.properties ?? sample,
      fire: (properties, asked) => inspectionOf(tracker)?.simulate({ event, properties }, asked),
    }
    const byFact = reporters.flatMap((reporter) =>
      factsFor(reporter, event).map((fact): Way => {
        const { component, name, instrument } = reporter
        const { payload, key } = sampleFact(component, name, fact)
        return {
          title: `${fact} of ${titleOf(reporter)}`,
          sample: payload as Properties,
          fire: (given, asked) =>
            instrument.report({
              fact,
              factKey: key,
              payload: given,
              synthetic: asked ? 'delivered' : 'kept',
            }),
        }
      }),
    )
    return [...byFact, byHand]
  }

  function fire(chosenWay: Way) {
    const given = propertiesOf(text ?? toJson(chosenWay.sample))
    setAnswer(typeof given === 'string' ? given : chosenWay.fire(given, deliver))
  }

  return (
    <Section title="Try it">
      <form
        className="simulate"
        onSubmit={(submitted) => {
          submitted.preventDefault()
          fire(way)
        }}
      >
        <label htmlFor={`${id}-way`}>As</label>
        <select
          id={`${id}-way`}
          value={chosen}
          onChange={(change) => {
            setChosen(Number(change.target.value))
            setText(undefined)
          }}
        >
          {ways.map(({ title }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two elements may have the same title
            <option key={index} value={index}>
              {title}
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-given`}>With</label>
        <textarea
          id={`${id}-given`}
          rows={4}
          spellCheck={false}
          autoComplete="off"
          value={text ?? toJson(way.sample)}
          onChange={(change) => setText(change.target.value)}
        />
        <label className="check">
          <input type="checkbox" checked={deliver} onChange={(change) => setDeliver(change.target.checked)} />
          Count it and send it to the real destinations
        </label>
        <button type="submit" className="plain boxed">
          Fire
        </button>
      </form>
      <div role="status" className="simulated">
        {typeof answer === 'string' && <p className="error">{answer}</p>}
        {typeof answer === 'object' && (
          <p>
            <strong>{outcomeWords[answer.outcome]}.</strong> {describe(answer, { now: answer.time, planned })}{' '}
            <button type="button" className="link" onClick={() => overlay.showAttempt(answer.number)}>
              Show it in the timeline
            </button>
          </p>
        )}
      </div>
    </Section>
  )
}

/** Parses the properties; returns an error message if the text is invalid. */
function propertiesOf(text: string): Properties | string {
  try {
    const value: unknown = JSON.parse(text || '{}')
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Properties
    return 'These are no properties: write an object, like { "tier": "pro" }.'
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : error}`
  }
}
