import { useState } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { Decision } from '../../engine/record/decision.ts'
import type { RecordState } from '../../engine/record/record-view.ts'
import { instrumentsOf } from '../../react/wiring/instruments.ts'
import { useOverlay, useRecord, useTimeline } from '../overlay-state.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { plural } from '../parts/time-words.ts'
import { allowing, filterContextOf } from '../timeline/filter.ts'
import { download } from './download.ts'
import { type FormatName, fileName, formatNames, formatOf } from './formats.ts'
import { hidableNames } from './redact.ts'
import { sessionOf } from './session-file.ts'
import type { SessionChoices } from './session-store.ts'
import { type Writers, writers } from './writers.ts'

/** Maximum attempts and characters in a preview. */
const PREVIEWED = { attempts: 20, length: 6_000 }

interface StoreProps {
  readonly store: StoreApi<SessionChoices>
}

/** Form to save a session: selects attempts, a format and the values to include, and previews the file. */
export function SaveBlock({ store }: StoreProps) {
  const { tracker } = useOverlay()
  const record = useRecord('summary')
  const { format, allowed, notes, missing, planModule } = useStore(store)
  const scope = useScope(store, record)
  const [previewed, setPreviewed] = useState(false)
  const chosen = formatOf(format)
  const write = writers[format]
  const names = hidableNames(chosen.test ? record.decisions : scope)

  function textOf(write: Writers[FormatName], decisions: readonly Decision[]): string {
    const session = sessionOf(
      { ...record, decisions: chosen.test ? record.decisions : decisions },
      tracker.plan,
      { made: Date.now(), allowed, notes },
    )
    return write({
      session,
      plan: tracker.plan,
      attempts: decisions.map(({ number }) => number),
      missing: missing || undefined,
      planModule,
      elementOf: instrumentsOf(tracker).originOf,
    })
  }

  function save(write: Writers[FormatName]) {
    download(fileName({ plan: tracker.plan, made: Date.now() }, chosen), chosen.type, textOf(write, scope))
  }

  return (
    <div className="block">
      <h3>Save or copy</h3>
      <div className="fields">
        <label className="field">
          As
          <select
            value={format}
            onChange={(event) => store.setState({ format: event.target.value as FormatName })}
          >
            {formatNames.map((name) => (
              <option key={name} value={name}>
                {formatOf(name).label}
              </option>
            ))}
          </select>
        </label>
        <ScopeField store={store} record={record} />
        {chosen.test ? (
          <TestFields store={store} withModule={format === 'vitest'} />
        ) : (
          <label className="field">
            Note
            <input value={notes} onChange={(event) => store.setState({ notes: event.target.value })} />
          </label>
        )}
      </div>
      <AllowedNames store={store} names={names} />
      <details className="preview" onToggle={(event) => setPreviewed(event.currentTarget.open)}>
        <summary>
          Preview
          {scope.length > PREVIEWED.attempts && ` of the last ${PREVIEWED.attempts} attempts`}
        </summary>
        {previewed && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
          <pre tabIndex={0}>{cut(textOf(write, scope.slice(-PREVIEWED.attempts)))}</pre>
        )}
      </details>
      <div className="actions">
        {scope.length > 0 && (
          <>
            <button type="button" className="plain boxed" onClick={() => save(write)}>
              Save
            </button>
            <CopyButton text={() => textOf(write, scope)}>Copy</CopyButton>
          </>
        )}
        <span className="muted">
          {plural(scope.length, 'attempt')}; {hiddenInWords(names, allowed)}
        </span>
      </div>
    </div>
  )
}

/** Returns the selected attempts, oldest first. */
function useScope(store: StoreApi<SessionChoices>, { decisions }: RecordState): readonly Decision[] {
  const scope = useStore(store, (choices) => choices.scope)
  const overlay = useOverlay()
  const text = useTimeline((now) => now.text)
  const outcomes = useTimeline((now) => now.outcomes)
  const problems = useTimeline((now) => now.problems)
  const shown = useTimeline((now) => now.shown)
  if (scope === 'shown') return decisions.filter(({ number }) => number === shown)
  if (scope === 'all') return decisions
  return decisions.filter(allowing({ text, outcomes, problems }, filterContextOf(overlay)))
}

function ScopeField({ store, record }: StoreProps & { readonly record: RecordState }) {
  const scope = useStore(store, (choices) => choices.scope)
  const shown = useTimeline((now) => now.shown)
  const isKept = record.decisions.some(({ number }) => number === shown)
  return (
    <label className="field">
      Attempts
      <select
        value={scope}
        onChange={(event) => store.setState({ scope: event.target.value as SessionChoices['scope'] })}
      >
        <option value="all">All</option>
        <option value="found">Those that the timeline’s filter leaves</option>
        <option value="shown" disabled={!isKept}>
          {isKept ? `No. ${shown}, which the timeline shows` : 'The one that the timeline shows'}
        </option>
      </select>
    </label>
  )
}

function TestFields({ store, withModule }: StoreProps & { readonly withModule: boolean }) {
  const { tracker } = useOverlay()
  const { missing, planModule } = useStore(store)
  return (
    <>
      <label className="field">
        It expects
        <select value={missing} onChange={(event) => store.setState({ missing: event.target.value })}>
          <option value="">what happened</option>
          {[...tracker.plan.events.keys()].map((name) => (
            <option key={name} value={name}>
              that {name} fires
            </option>
          ))}
        </select>
      </label>
      {withModule && (
        <label className="field">
          Module that exports the plan
          <input
            value={planModule}
            spellCheck={false}
            onChange={(event) => store.setState({ planModule: event.target.value })}
          />
        </label>
      )}
    </>
  )
}

function AllowedNames({ store, names }: StoreProps & { readonly names: ReadonlyMap<string, number> }) {
  const allowed = useStore(store, (choices) => choices.allowed)

  function toggle(name: string) {
    const next = new Set(allowed)
    if (!next.delete(name)) next.add(name)
    store.setState({ allowed: next })
  }

  if (names.size === 0) return null
  return (
    <fieldset>
      <legend>Include values for (everything else is masked)</legend>
      <div className="names">
        {[...names].map(([name, count]) => (
          <label key={name} className="check">
            <input type="checkbox" checked={allowed.has(name)} onChange={() => toggle(name)} />
            <span>
              <code>{name}</code> <span className="muted">{count.toLocaleString('en')}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function hiddenInWords(names: ReadonlyMap<string, number>, allowed: ReadonlySet<string>): string {
  const hidden = [...names].filter(([name]) => !allowed.has(name))
  const count = hidden.reduce((sum, [, values]) => sum + values, 0)
  return count ? `${plural(count, 'value')} masked` : 'no value is masked'
}

function cut(text: string): string {
  const left = text.length - PREVIEWED.length
  return left > 0
    ? `${text.slice(0, PREVIEWED.length)}\n… ${left.toLocaleString('en')} more characters`
    : text
}
