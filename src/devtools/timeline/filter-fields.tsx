import { useId, useMemo, useState } from 'react'
import type { Decision } from '../../engine/record/decision.ts'
import { useOverlay, useTimeline } from '../overlay-state.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { readOnce } from '../parts/read-once.ts'
import { useStyles } from '../parts/use-styles.ts'
import { detailStyles } from '../styles/detail.ts'
import { linkTo } from './choices.ts'
import { type FilterContext, filterContextOf, valuesOf } from './filter.ts'
import { type Field, fieldOf, withField } from './filter-terms.ts'

const choices: readonly (readonly [field: Field, title: string])[] = [
  ['event', 'Event'],
  ['reason', 'Reason'],
  ['to', 'Destination'],
  ['page', 'Page'],
  ['component', 'Component'],
  ['plan', 'Plan'],
  ['consent', 'Consent'],
  ['experiment', 'Experiment'],
]

const help: readonly (readonly [example: string, meaning: string])[] = [
  ['pricing pro', 'Both words, anywhere: event, properties, component, reason, page, destination'],
  ['-pricing', 'Without it; so for every term'],
  ['/^price_\\d+/i', 'A regular expression; also after a field'],
  ['event: component: fact: page: reason:', 'A field contains it; with "…" it is just that; a,b is either'],
  ['to:http=rejected', 'A destination, or the state of its delivery (=sent, =retrying, …)'],
  ['plan:unplanned', 'planned, unplanned, invalid, deprecated, retired'],
  ['consent:marketing=denied', 'Consent at that time'],
  ['experiment:hero=b', 'The variant that the user had seen'],
  ['is:dropped is:problem is:marked is:noted', 'The outcome; problems; marked, or with a note'],
  ['-like:"…"', 'What “Hide similar” writes, and the Delete key in the list'],
  ['→ ←', 'In the list: equal attempts one by one, and in one row again'],
]

/** Form that writes filter terms from the values in the record, and explains the filter syntax. */
export function FilterFields({ decisions }: { readonly decisions: readonly Decision[] }) {
  const overlay = useOverlay()
  const { timeline } = overlay
  const text = useTimeline((now) => now.text)
  const outcomes = useTimeline((now) => now.outcomes)
  const id = useId()
  const [gather] = useState(() => createGather(filterContextOf(overlay)))
  const occurred = useMemo(() => gather(decisions), [gather, decisions])
  const problems = useTimeline((now) => now.problems)
  const chosen = [outcomes.length > 0 && `is:${outcomes.join()}`, problems && 'is:problem'].filter(Boolean)
  const whole = [text, ...chosen].join(' ').trim()
  const link = linkTo(whole)
  const styled = useStyles<HTMLDivElement>(detailStyles)

  return (
    <>
      <div ref={styled} className="fields">
        {choices.map(([field, title]) => {
          const value = fieldOf(text, field)
          const values = new Set(occurred.get(field))
          if (value) values.add(value)
          if (field === 'experiment' && values.size === 0) return null
          return (
            <label key={field} htmlFor={`${id}-${field}`}>
              <span>{title}</span>
              <select
                id={`${id}-${field}`}
                value={value}
                onChange={(event) => timeline.setState({ text: withField(text, field, event.target.value) })}
              >
                <option value="">Any</option>
                {[...values].sort().map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </select>
            </label>
          )
        })}
      </div>
      <details className="help">
        <summary>Filter syntax</summary>
        <dl className="facts">
          {help.map(([example, meaning]) => (
            <div key={example}>
              <dt className="code">{example}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </details>
      {whole && (
        <CopyButton text={() => link ?? whole}>
          {link ? 'Copy a link with this filter' : 'Copy this filter'}
        </CopyButton>
      )}
    </>
  )
}

/** Creates a function that collects the values of each field from the attempts. */
function createGather(context: FilterContext) {
  const known = new Map<string, readonly (readonly string[])[]>()
  const read = readOnce((decision) => {
    const values = choices.map(([field]) => valuesOf(decision, field, context))
    const key = JSON.stringify(values)
    const same = known.get(key)
    if (!same) known.set(key, values)
    return same ?? values
  })
  return (decisions: readonly Decision[]): ReadonlyMap<Field, ReadonlySet<string>> => {
    const different = [...new Set(read(decisions))]
    return new Map(
      choices.map(([field], index) => [field, new Set(different.flatMap((values) => values[index] ?? []))]),
    )
  }
}
