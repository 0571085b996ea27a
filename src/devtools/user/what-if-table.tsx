import { useCallback, useMemo } from 'react'
import type { Decision } from '../../engine/record/decision.ts'
import type { Inspection } from '../../engine/record/inspection.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { needsOf } from '../parts/needs.ts'
import { useNow } from '../parts/use-now.ts'
import { usePaced } from '../parts/use-paced.ts'
import { type Preset, presetsFor, type WhatIfRow, whatIf } from './what-if.ts'
import { whatIfSentences } from './what-if-sentences.ts'

/** Shows which events of this session each destination would get, for each answer of the user. */
export function WhatIfTable({ inspection }: { readonly inspection: Inspection }) {
  const { tracker } = useOverlay()
  const record = useRecord('summary')
  // A new session or user does not change the record: render once a second.
  useNow()
  const { user, session } = inspection.who()
  const presets = useMemo(
    () => presetsFor(record.consent, inspection.signals),
    [record.consent, inspection.signals],
  )
  const judge = useCallback(
    (decisions: readonly Decision[]) =>
      whatIf({
        plan: tracker.plan,
        decisions: decisions.filter(({ time }) => time >= session.startedAt),
        needs: needsOf(inspection.destinations),
        who: { user, session },
        holds: inspection.holds,
        presets,
      }),
    [tracker, user, session, inspection, presets],
  )
  const rows = usePaced(record.decisions, judge)
  if (rows.length === 0) return <p className="muted">Nothing was attempted in this session yet.</p>
  const destinations = inspection.destinations.map(({ name }) => name)
  return (
    <>
      <ul className="sentences">
        {whatIfSentences(presets, rows, destinations).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <details className="folded">
        <summary>Event by event</summary>
        <Matrix presets={presets} rows={rows} />
      </details>
    </>
  )
}

interface MatrixProps {
  readonly presets: readonly Preset[]
  readonly rows: readonly WhatIfRow[]
}

function Matrix({ presets, rows }: MatrixProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable element must be reachable by keyboard
    <div className="wide" tabIndex={0}>
      <table className="matrix">
        <caption className="unseen">Where the events of this session would go</caption>
        <thead>
          <tr>
            <th scope="col">Event</th>
            {presets.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.event}>
              <th scope="row" className="name">
                {row.event}
              </th>
              {presets.map(({ title }, column) => (
                <Cell key={title} would={row.cells[column] ?? {}} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ would }: { readonly would: WhatIfRow['cells'][number] }) {
  const entries = Object.entries(would)
  if (entries.length === 0)
    return (
      <td className="muted">
        <span aria-hidden="true">–</span>
        <span className="unseen">nowhere</span>
      </td>
    )
  return (
    <td>
      {entries.map(([name, { sent, held }]) => (
        <span key={name} className="goes">
          {name}
          {sent > 1 && ` ×${sent}`}
          {held > 0 && <span className="muted"> {held > 1 ? `${held} held` : 'held'}</span>}
        </span>
      ))}
    </td>
  )
}
