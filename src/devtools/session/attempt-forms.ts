import type { Decision } from '../../engine/record/decision.ts'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import { instrumentsOf } from '../../react/wiring/instruments.ts'
import { toJson } from '../parts/plain-value.ts'
import { verdictOf } from '../parts/verdict.ts'
import { linkTo } from '../timeline/choices.ts'
import { attemptLink } from './attempt-link.ts'
import { type FormatName, formatOf } from './formats.ts'
import { sessionOf, writeSession } from './session-file.ts'
import { sessionStore } from './session-store.ts'
import { writers } from './writers.ts'

/** A form in which a tester hands an attempt to a developer. */
export interface AttemptForm {
  readonly name: 'Ticket' | 'Test' | 'Link' | 'cURL' | 'JSON'
  /** Description of the text, for a tooltip. */
  readonly title: string
  readonly text: () => string
}

/** Returns the forms of an attempt. The link is missing where the app uses the fragment of its address. */
export function attemptForms(tracker: AnyTracker, decision: Decision): readonly AttemptForm[] {
  const { event } = decision
  const isMistake = verdictOf(decision) === 'mistake'
  const link = linkTo(attemptLink(decision))
  const write = (format: FormatName) => () => writeAttempt(tracker, decision, format)
  return [
    { name: 'Ticket', title: 'Markdown: what happened and why', text: write('ticket') },
    {
      name: 'Test',
      title: isMistake ? `A test that fails until ${event} fires` : 'A test that the same happens again',
      text: () => write(sessionStore(tracker).getState().testFor)(),
    },
    ...(link
      ? [
          {
            name: 'Link',
            title: 'A link to this page, with attempts like this one in the overlay',
            text: () => link,
          } as const,
        ]
      : []),
    { name: 'cURL', title: 'The request that http() sent', text: write('curl') },
    { name: 'JSON', title: 'This attempt, with its values', text: () => toJson(decision) },
  ]
}

/** Writes one attempt in a format of the session. A test needs all attempts: an earlier one may be a cause. */
export function writeAttempt(tracker: AnyTracker, decision: Decision, format: FormatName): string {
  const record = tracker.record.get()
  const { allowed, notes, planModule } = sessionStore(tracker).getState()
  const isTest = formatOf(format).test === true
  const decisions = isTest ? record.decisions : [decision]
  return writers[format]({
    session: sessionOf({ ...record, decisions }, tracker.plan, { made: Date.now(), allowed, notes }),
    plan: tracker.plan,
    attempts: [decision.number],
    // A test of a mistake fails until the event fires; any other proves that the same happens again.
    missing: isTest && verdictOf(decision) === 'mistake' ? decision.event : undefined,
    planModule,
    elementOf: instrumentsOf(tracker).originOf,
  })
}

/** Writes the whole session, to open in another overlay. */
export function writeWhole(tracker: AnyTracker): string {
  const { allowed, notes } = sessionStore(tracker).getState()
  const session = sessionOf(tracker.record.get(), tracker.plan, { made: Date.now(), allowed, notes })
  return writeSession(session)
}
