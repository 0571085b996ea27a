import { type ChangeEvent, useState } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { Bin } from '../parts/icons.tsx'
import { plainText, shorten } from '../parts/plain-value.ts'
import { clockTime } from '../parts/time-words.ts'
import { Bell, CheckIcon, StepIcon } from '../parts/view-icons.tsx'
import { type CheckState, outcomeWords, reasonInWords } from '../parts/words.ts'
import { previewOf } from '../timeline/preview.ts'
import { askWhy } from '../why/why-state.ts'
import type { Checked, Expected } from './checklist.ts'
import type { ChecklistState } from './checklist-store.ts'

/** State of the sign beside an event; undefined for one that was not attempted. */
function signOf({ state, decision }: Checked): CheckState | undefined {
  if (state === 'open') return decision?.outcome === 'held' ? 'waits' : undefined
  return state === 'met' ? 'passes' : 'fails'
}

interface ExpectedRowProps {
  readonly store: StoreApi<ChecklistState>
  readonly index: number
  readonly checked: Checked
}

/** One expected event: whether it fired, when, and with what. */
export function ExpectedRow({ store, index, checked }: ExpectedRowProps) {
  const { state } = useOverlay()
  const { expected } = checked
  const sign = signOf(checked)
  const watched = useOverlayState((now) => now.watched.includes(expected.event))

  function watch() {
    state.setState(({ watched: before }) => ({
      watched: watched ? before.filter((name) => name !== expected.event) : [...before, expected.event],
    }))
  }

  function change(next: Expected | undefined) {
    store.setState(({ items }) => ({
      items: items.flatMap((item, at) => (at === index ? (next ?? []) : item)),
    }))
  }

  return (
    <li data-check={checked.state} data-state={sign ?? 'unknown'}>
      {sign ? <CheckIcon state={sign} /> : <StepIcon state="ahead" />}
      <div className="expectation">
        <span className="name">{expected.event}</span>
        {expected.times !== undefined && <span className="muted"> {expected.times} times</span>}
        {expected.properties && <span className="sample"> {plainText(expected.properties)}</span>}
        <Result checked={checked} />
        <Edit expected={expected} onChange={change} />
      </div>
      <button
        type="button"
        className="plain square"
        aria-pressed={watched}
        title="Flashes when it fires"
        onClick={watch}
      >
        <Bell />
        <span className="unseen">Watch {expected.event}</span>
      </button>
      <button type="button" className="plain square" title="Remove" onClick={() => change(undefined)}>
        <Bin />
        <span className="unseen">Remove {expected.event}</span>
      </button>
    </li>
  )
}

function Result({ checked: { expected, state, decision, message } }: Pick<ExpectedRowProps, 'checked'>) {
  const overlay = useOverlay()
  if (!decision)
    return (
      <p className="muted">
        Not fired yet.{' '}
        <button type="button" className="link" onClick={() => askWhy(overlay, expected.event)}>
          Why not?
        </button>
      </p>
    )
  const { number, time, outcome, properties } = decision
  const when = (
    <button type="button" className="link" onClick={() => overlay.showAttempt(number)}>
      {clockTime(time)}
    </button>
  )
  if (state === 'met')
    return (
      <p>
        {outcomeWords[outcome]} {when}
        {properties && Object.keys(properties).length > 0 && (
          <span className="sample"> {shorten(previewOf(properties, undefined), 200)}</span>
        )}
      </p>
    )
  const [headline = '', ...details] = message.split('\n')
  return (
    <details>
      <summary>
        {outcome === 'fired' ? headline : `${outcomeWords[outcome]}: ${reasonInWords(decision)},`} {when}
      </summary>
      <pre>{[headline, ...details].join('\n')}</pre>
    </details>
  )
}

interface EditProps {
  readonly expected: Expected
  readonly onChange: (next: Expected) => void
}

/** Form for the properties and the count that the tester expects. */
function Edit({ expected, onChange }: EditProps) {
  const { event, properties, times } = expected
  const [text, setText] = useState(properties ? JSON.stringify(properties) : '')
  const [problem, setProblem] = useState('')

  function setProperties({ target }: ChangeEvent<HTMLTextAreaElement>) {
    setText(target.value)
    const read = readProperties(target.value)
    setProblem(read ? '' : 'Not a JSON object such as {"tier":"pro"}.')
    if (read) onChange({ event, ...(times !== undefined && { times }), ...read })
  }

  function setTimes({ target }: ChangeEvent<HTMLInputElement>) {
    const next = target.value === '' ? undefined : Math.max(0, Math.floor(target.valueAsNumber))
    onChange({ event, ...(properties && { properties }), ...(next !== undefined && { times: next }) })
  }

  return (
    <details className="edit">
      <summary>Expect properties or a count</summary>
      <label>
        Properties that it must have, as JSON
        <textarea rows={2} className="note-field" spellCheck={false} value={text} onChange={setProperties} />
      </label>
      <label>
        Times, exactly <input type="number" min={0} value={times ?? ''} onChange={setTimes} />
      </label>
      <p role="status" className="problem">
        {problem}
      </p>
    </details>
  )
}

/** Returns the typed properties; none for an empty text; undefined if the text is no JSON object. */
function readProperties(text: string): Pick<Expected, 'properties'> | undefined {
  if (!text.trim()) return {}
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? { properties: value as Expected['properties'] } : undefined
  } catch {
    return undefined
  }
}
