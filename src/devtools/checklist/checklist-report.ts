import type { Judgement } from '../../engine/expectation/judge.ts'
import type { Decision } from '../../engine/record/decision.ts'
import type { Session } from '../session/session-file.ts'
import { isoTime, plain, versionsOf } from '../session/tables.ts'
import type { Checked } from './checklist.ts'

const stateWords: Readonly<Record<Checked['state'], string>> = {
  met: 'fired',
  open: 'missing',
  failed: 'fired too often',
}

interface Results {
  readonly name: string
  readonly checked: readonly Checked[]
  /** The same, judged on the decisions of the session, so that no message has a value that the tester did not allow. */
  readonly masked: readonly Checked[]
  readonly order: Judgement | undefined
}

/** Writes the result of a checklist as Markdown. */
export function checklistReport({ name, checked, masked, order }: Results, session: Session): string {
  const byNumber = new Map(session.decisions.map((decision) => [decision.number, decision]))
  const rows = checked.map((each, index) =>
    [String(index + 1), ...cellsOf(each, byNumber.get(each.decision?.number ?? Number.NaN))]
      .map(plain)
      .join(' | '),
  )
  const met = checked.filter(({ state }) => state === 'met').length
  const missing = masked.filter((_, index) => checked[index]?.state !== 'met')
  return [
    `# ${plain(name || 'Checklist')}: ${met} of ${checked.length}`,
    '',
    ...(order ? [`Order: ${order.pass ? 'as expected' : 'wrong'}.`, ''] : []),
    '| # | event | expected | result | time | value or reason |',
    '| ---: | --- | --- | --- | --- | --- |',
    ...rows.map((cells) => `| ${cells} |`),
    '',
    ...missing.flatMap(({ message }) => ['```', message.replaceAll('```', '` ` `'), '```', '']),
    ...versionsOf(session).map((line) => `- ${plain(line)}`),
    '',
  ].join('\n')
}

function cellsOf({ expected, state }: Checked, decision: Decision | undefined): readonly string[] {
  const { event, properties, times } = expected
  const wanted = [properties && JSON.stringify(properties), times !== undefined && `${times} times`]
  const found = state === 'met' ? decision : undefined
  const value = found?.properties ? JSON.stringify(found.properties) : ''
  return [
    event,
    wanted.filter(Boolean).join(', '),
    stateWords[state],
    found ? isoTime(found.time) : '',
    found ? value : (decision?.reason ?? ''),
  ]
}
