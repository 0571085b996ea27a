import { useMemo, useState } from 'react'
import type { Outcome } from '../../engine/record/decision.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { plural } from '../parts/time-words.ts'
import { outcomes, outcomeWords } from '../parts/words.ts'
import { type DifferenceRow, differenceOf } from './difference.ts'
import { sessionOf } from './session-file.ts'
import type { OpenedSession } from './session-store.ts'

/** Id of the current page in the two menus. */
const NOW = 0

/** Compares two sessions, or a session with this page: shows what is missing, new or different in the second. */
export function CompareBlock({ opened }: { readonly opened: readonly OpenedSession[] }) {
  const { tracker } = useOverlay()
  const record = useRecord('summary')
  const [chosen, choose] = useState<{ readonly before?: number; readonly after?: number }>({})
  const [all, setAll] = useState(false)
  const known = (id: number | undefined, otherwise: number) =>
    id === NOW || opened.some((each) => each.id === id) ? (id as number) : otherwise
  const before = known(chosen.before, opened[0]?.id ?? NOW)
  const after = known(chosen.after, NOW)
  const { rows, forgotten } = useMemo(() => {
    const sessionWith = (id: number) =>
      opened.find((each) => each.id === id)?.session ?? sessionOf(record, tracker.plan, { made: Date.now() })
    const [one, other] = [sessionWith(before), sessionWith(after)]
    return { rows: differenceOf(one, other), forgotten: one.forgotten + other.forgotten }
  }, [opened, record, tracker, before, after])
  const different = rows.filter(({ kind }) => kind !== 'same')
  const field = (label: string, name: 'before' | 'after', value: number) => (
    <label className="field">
      {label}
      <select value={value} onChange={(event) => choose({ ...chosen, [name]: Number(event.target.value) })}>
        <option value={NOW}>This page, now</option>
        {opened.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <div className="block">
      <h3>Compare</h3>
      <div className="fields">
        {field('Before', 'before', before)}
        {field('After', 'after', after)}
        <label className="check">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
          Also what is the same
        </label>
      </div>
      <p>
        {different.length ? `${plural(different.length, 'difference')} in ` : 'No difference in '}
        {plural(rows.length, 'kind of attempt', 'kinds of attempts')}: event, component and fact.
        {forgotten > 0 && ` ${plural(forgotten, 'earlier attempt')} no longer kept are not in it.`}
      </p>
      <ul className="differences" aria-label="Differences">
        {(all ? rows : different).map((row) => (
          <Row key={`${row.event} ${row.component} ${row.fact}`} row={row} />
        ))}
      </ul>
    </div>
  )
}

function Row({
  row: { event, component, fact, kind, before, after, changes },
}: {
  readonly row: DifferenceRow
}) {
  return (
    <li data-kind={kind}>
      <span className="tag">{kind}</span>
      <span className="name">{event}</span>{' '}
      <span className="muted">
        {component}, {fact}
      </span>
      <p>
        {countsInWords(before)} → {countsInWords(after)}
      </p>
      {changes.map((change) => (
        <p key={change} className="muted">
          {change}
        </p>
      ))}
    </li>
  )
}

function countsInWords(counts: Readonly<Record<Outcome, number>>): string {
  const parts = outcomes.flatMap((outcome) =>
    counts[outcome] ? [`${counts[outcome]} ${outcomeWords[outcome].toLowerCase()}`] : [],
  )
  return parts.join(', ') || 'none'
}
