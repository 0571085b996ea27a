import type { Decision } from '../../engine/record/decision.ts'
import { ago } from '../parts/time-words.ts'
import { verdictOf, verdictWords } from '../parts/verdict.ts'
import type { Evidence } from './evidence.ts'
import type { Check } from './scene.ts'

interface Findings {
  /** Newest attempt of the event. */
  readonly last: Decision | undefined
  /** First check in the way. */
  readonly first: Check | undefined
  /** State of the component that would report it. */
  readonly evidence: Evidence | undefined
  readonly now: number
}

export interface Headline {
  readonly text: string
  /** Attempt that shows what the text says. */
  readonly attempt?: number | undefined
}

/** Answers "Why not?" in one or two sentences: what happened, before what would have to happen. */
export function headlineOf({ last, first, evidence, now }: Findings): Headline {
  const verdict = obstacleInWords(first)
  if (!last) {
    const blocked = first?.state === 'fails' ? ` ${verdict}` : ''
    return {
      text: `Not fired yet. ${evidence?.text ?? 'No component on this page reports it.'}${blocked}`,
      attempt: evidence?.attempt,
    }
  }
  if (evidence && isNewer(evidence, last))
    return {
      text: `${evidence.text} Before that: ${lastInWords(last, now)}. ${verdict}`,
      attempt: evidence.attempt,
    }
  return {
    text: `${capital(lastInWords(last, now))}. ${verdict}`,
    attempt: last.number,
  }
}

const isNewer = ({ time, attempt }: Evidence, last: Decision): boolean =>
  attempt === undefined ? time !== undefined && time > last.time : attempt > last.number

function lastInWords(last: Decision, now: number): string {
  const when = ago(last.time, now)
  const verdict = verdictOf(last)
  return verdict === 'undelivered'
    ? `fired ${when}, but not delivered`
    : `${verdictWords[verdict].toLowerCase()} ${when}`
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function obstacleInWords(first: Check | undefined): string {
  if (!first) return 'Nothing prevents it: it fires when it is reported again.'
  if (first.undelivered !== undefined) return `It did not arrive: ${first.seen}.`
  const does = first.state === 'fails' ? 'It does not fire' : 'It waits'
  return `${does}: ${first.name} – ${first.seen}.`
}
