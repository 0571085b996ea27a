import type { Decision } from '../../engine/record/decision.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { FORMULA, FORMULA_INSIDE } from '../../support/formula.ts'
import { describe } from '../parts/describe.ts'
import { outcomes, outcomeWords, reasonInWords } from '../parts/words.ts'
import type { Session } from './session-file.ts'

/**
 * Writes CSV (RFC 4180) with a header. Puts an apostrophe before each text that a spreadsheet would read as a formula.
 */
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

const formula = new RegExp(FORMULA)
const formulaInside = new RegExp(FORMULA_INSIDE, 'g')

function csvCell(text: string): string {
  const safe = text.replace(formula, "'$&").replace(formulaInside, "$1'$2")
  return `"${safe.replaceAll('"', '""')}"`
}

function deliveriesInWords({ deliveries }: Decision): string {
  return Object.entries(deliveries)
    .map(([name, { state, error }]) => `${name}: ${state}${error ? ` (${error})` : ''}`)
    .join('; ')
}

export const isoTime = (time: number) => new Date(time).toISOString()

/** Explains what happened to an attempt and why, as of the time of the session. */
export function sentenceOf(decision: Decision, { made }: Session, plan: AnyPlan): string {
  return describe(decision, {
    now: made,
    planned: plan.events.get(decision.event),
    names: [...plan.events.keys()],
  })
}

/**
 * Writes a Markdown ticket: the explanation of the chosen attempt or a count of outcomes, a table of the attempts, and
 * the versions.
 */
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

/** Lists the plan, the library version, the time, consent and storage of the session. */
export function versionsOf(session: Session): readonly string[] {
  const { plan, library, made, consent, storage, forgotten } = session
  const answers = Object.entries(consent).map(([category, state]) => `${category} ${state}`)
  return [
    `Plan ${plan.name} ${plan.version}, react-microconversions ${library}`,
    `Saved ${isoTime(made)}; consent: ${answers.join(', ') || 'no category'}; ids in ${storage === 'memory' ? 'memory' : 'storage'}`,
    ...(forgotten > 0 ? [`${forgotten} earlier attempts were no longer kept`] : []),
  ]
}

/** Escapes a text for one line of Markdown: it cannot end a table cell, mention a person or become markup. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|#~]/g, '\\$&')
    .replace(/@/g, '@\u200b')
}
