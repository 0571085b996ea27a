import type { Decision } from '../../engine/record/decision.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { outcomes, outcomeWords } from '../parts/words.ts'
import type { Session } from './session-file.ts'
import { isoTime, outcomesInWords, sentenceOf, versionsOf } from './tables.ts'

/**
 * Writes an HTML file without scripts: fired events, attempts that did not fire and why, and planned events that never
 * fired.
 */
export function reportOf(session: Session, plan: AnyPlan): string {
  const { decisions, counts, notes } = session
  const never = [...plan.events.keys()].filter((name) => !counts[name]?.fired)
  const title = `Microconversions of ${session.plan.name} ${session.plan.version}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${html(title)}</title>
<style>${styles}</style>
</head>
<body>
<main>
<h1>${html(title)}</h1>
<p>${html(outcomesInWords(decisions))}.</p>
${notes ? `<p>${html(notes)}</p>\n` : ''}<ul>${versionsOf(session).map(item).join('')}</ul>
<h2>Events</h2>
${table(
  ['Event', ...outcomes.map((outcome) => outcomeWords[outcome])],
  Object.entries(counts).map(([name, byOutcome]) => [name, ...outcomes.map((outcome) => byOutcome[outcome])]),
)}
<h2>Never fired</h2>
${never.length ? `<ul>${never.map(item).join('')}</ul>` : '<p>Each event of the plan has fired.</p>'}
<h2>Attempts</h2>
${table(
  ['#', 'Time', 'Event', 'Outcome', 'Why', 'Properties', 'From', 'Page'],
  decisions.map((decision) => attemptCells(decision, session, plan)),
)}
</main>
</body>
</html>
`
}

function attemptCells(decision: Decision, session: Session, plan: AnyPlan): readonly (string | number)[] {
  const { number, time, event, outcome, properties, trigger, page } = decision
  return [
    number,
    isoTime(time),
    event,
    outcomeWords[outcome],
    sentenceOf(decision, session, plan),
    properties ? JSON.stringify(properties) : 'not kept',
    `${trigger.component}, ${trigger.fact}`,
    page.path,
  ]
}

const item = (text: string) => `<li>${html(text)}</li>`

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  if (rows.length === 0) return '<p>None.</p>'
  const cells = (tag: string, texts: readonly (string | number)[]) =>
    texts.map((text) => `<${tag}>${html(String(text))}</${tag.split(' ')[0]}>`).join('')
  const body = rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n')
  return `<div class="wide"><table><thead><tr>${cells('th scope="col"', head)}</tr></thead><tbody>\n${body}\n</tbody></table></div>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function html(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

const styles = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 10px 4px 0; border-bottom: 1px solid #8884; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
`
