import type { Decision } from '../../engine/types.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { describe } from '../parts/describe.ts'
import { outcomes, outcomeWords, reasonInWords } from '../parts/words.ts'
import type { Session } from './session-file.ts'

/** RFC 4180, with a header. An apostrophe precedes each text that a spreadsheet would take for a formula. */
export function csvOf(session: Session): string {
  const rows = [
    columns.map(([name]) => name),
    ...session.decisions.map((decision) => cellsOf(decision).map(csvCell)),
  ]
  return rows.map((cells) => `${cells.join(',')}\r\n`).join('')
}

const columns: readonly (readonly [name: string, of: (decision: Decision) => string | number | undefined])[] =
  [
    ['attempt', ({ number }) => number],
    ['time', ({ time }) => isoTime(time)],
    ['event', ({ event }) => event],
    ['outcome', ({ outcome }) => outcome],
    ['reason', ({ reason }) => reason],
    ['component', ({ trigger }) => trigger.component],
    ['fact', ({ trigger }) => trigger.fact],
    ['page', ({ page }) => page.path],
    ['properties', ({ properties }) => properties && JSON.stringify(properties)],
    ['deliveries', deliveriesInWords],
    ['event id', ({ eventId }) => eventId],
  ]

function cellsOf(decision: Decision): readonly string[] {
  return columns.map(([, of]) => String(of(decision) ?? ''))
}

/**
 * Start of a formula as spreadsheets read it, in full width too:
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^(?:[\s"']*[=+\-@＝＋－＠]|[\t\r\n])/
/** After what separates cells where commas do not: quotes hold nothing together then. */
const FORMULA_INSIDE = /([;|\t\r\n][\s"']*)(?=[=+\-@＝＋－＠])/g

function csvCell(text: string): string {
  const safe = text.replace(FORMULA, "'$&").replace(FORMULA_INSIDE, "$1'")
  return `"${safe.replaceAll('"', '""')}"`
}

function deliveriesInWords({ deliveries }: Decision): string {
  return Object.entries(deliveries)
    .map(([name, { state, error }]) => `${name}: ${state}${error ? ` (${error})` : ''}`)
    .join('; ')
}

export const isoTime = (time: number) => new Date(time).toISOString()

/** What became of an attempt and why, at the time of the session. */
export function sentenceOf(decision: Decision, { made }: Session, plan: AnyPlan): string {
  return describe(decision, {
    now: made,
    planned: plan.events.get(decision.event),
    names: [...plan.events.keys()],
  })
}

/** The sentence of a chosen attempt, or a count of outcomes; then the attempts as a table, and the versions. */
export function ticketOf(session: Session, plan: AnyPlan, chosen?: number | undefined): string {
  const decision = session.decisions.find(({ number }) => number === chosen)
  const lead = decision
    ? [
        `**${plain(decision.event)}**, attempt ${decision.number}: ${plain(sentenceOf(decision, session, plan))}`,
      ]
    : [`${outcomesInWords(session.decisions)}.`]
  const table = session.decisions.map(
    (each) =>
      `| ${[
        each.number,
        isoTime(each.time),
        each.event,
        outcomeWords[each.outcome],
        reasonInWords(each),
        `${each.trigger.component}, ${each.trigger.fact}`,
        each.page.path,
      ]
        .map((cell) => plain(String(cell)))
        .join(' | ')} |`,
  )
  return [
    ...lead,
    ...(session.notes ? ['', plain(session.notes)] : []),
    '',
    '| # | time | event | outcome | why | from | page |',
    '| ---: | --- | --- | --- | --- | --- | --- |',
    ...table,
    '',
    ...versionsOf(session).map((line) => `- ${plain(line)}`),
    '',
  ].join('\n')
}

export function outcomesInWords(decisions: readonly Decision[]): string {
  const parts = outcomes.flatMap((outcome) => {
    const count = decisions.filter((decision) => decision.outcome === outcome).length
    return count ? [`${count} ${outcomeWords[outcome].toLowerCase()}`] : []
  })
  return parts.join(', ') || 'No attempt'
}

/** Where and under what it was recorded. */
export function versionsOf(session: Session): readonly string[] {
  const { plan, library, made, consent, storage, forgotten } = session
  const answers = Object.entries(consent).map(([category, state]) => `${category} ${state}`)
  return [
    `Plan ${plan.name} ${plan.version}, react-microconversions ${library}`,
    `Saved ${isoTime(made)}; consent: ${answers.join(', ') || 'no category'}; ids in ${storage === 'memory' ? 'memory' : 'storage'}`,
    ...(forgotten > 0 ? [`${forgotten} earlier attempts were no longer kept`] : []),
  ]
}

/** Text in Markdown that stays text, in one line: no cell ends early, nobody is mentioned, nothing is markup. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|#~]/g, '\\$&')
    .replace(/@/g, '@\u200b')
}
