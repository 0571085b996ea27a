import { useCallback, useMemo } from 'react'
import type { Inspection } from '../../engine/inspection.ts'
import type { Decision } from '../../engine/types.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { needsOf } from '../parts/needs.ts'
import { useNow } from '../parts/use-now.ts'
import { usePaced } from '../parts/use-paced.ts'
import { presetsFor, type WhatIfRow, whatIf } from './what-if.ts'

/** Which events of this session would have gone where, under each answer of the visitor's. */
export function WhatIfTable({ inspection }: { readonly inspection: Inspection }) {
  const { tracker } = useOverlay()
  const record = useRecord('summary')
  // Another session, or another visitor, is no news of the record.
  useNow()
  const { visitor, session } = inspection.who()
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
        who: { visitor, session },
        holds: inspection.holds,
        presets,
      }),
    [tracker, visitor, session, inspection, presets],
  )
  const rows = usePaced(record.decisions, judge)
  if (rows.length === 0) return <p className="muted">Nothing was attempted in this session yet.</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
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
          {held > 0 && <span className="muted"> {held > 1 ? `${held} wait` : 'waits'}</span>}
        </span>
      ))}
    </td>
  )
}
