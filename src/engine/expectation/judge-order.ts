import type { Decision } from '../record/decision.ts'
import { actual, type Judgement, judge, type Known } from './judge.ts'

/** Judges whether the events fired one after the other. Other events may have fired in between. */
export function judgeOrder(
  decisions: readonly Decision[],
  events: readonly string[],
  known: Known = {},
): Judgement {
  const fired = actual(decisions).filter(({ outcome }) => outcome === 'fired')
  const matches: Decision[] = []
  let from = 0
  for (const event of events) {
    const found = fired.findIndex((decision, index) => index >= from && decision.event === event)
    const decision = fired[found]
    if (!decision) return { pass: false, matches, message: missing(decisions, fired, events, matches, known) }
    matches.push(decision)
    from = found + 1
  }
  return { pass: true, matches, message: `Fired in this order: ${chain(fired.map(({ event }) => event))}` }
}

const chain = (events: readonly string[]) => events.join(' → ') || 'nothing'

function missing(
  decisions: readonly Decision[],
  fired: readonly Decision[],
  events: readonly string[],
  matches: readonly Decision[],
  known: Known,
): string {
  const event = events[matches.length] ?? ''
  const wanted = `  wanted: ${chain(events)}`
  const got = `  fired:  ${chain(fired.map((decision) => decision.event))}`
  const { pass, message } = judge(decisions, { event }, known)
  if (!pass) return [message, wanted, got].join('\n')
  const before = matches.at(-1)?.event
  const again =
    before === event ? `"${event}" did not fire again.` : `"${event}" did not fire after "${before}".`
  return [
    again,
    wanted,
    got,
    ...(before === event ? [] : [`"${event}" fired earlier: the order is what differs.`]),
  ].join('\n')
}
