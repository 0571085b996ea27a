import type { Decision, Reason, RuleState } from '../../engine/record/decision.ts'
import type { PlannedEvent } from '../../plan/define-plan.ts'
import { ruleInWords } from '../../plan/words/frequency-in-words.ts'
import { didYouMean } from '../../support/nearest.ts'
import { findingInWords, issueInWords, opensInWords } from './detail-words.ts'
import { ago } from './time-words.ts'
import { verdictOf, verdictWords } from './verdict.ts'
import { deliveryWords, hasInvalid, outcomeWords, reasonInWords } from './words.ts'

export interface DescribeContext {
  /** Current time in epoch ms. */
  readonly now: number
  /** Planned event, for the rollout and sampling percentages; undefined if the event is not in the plan. */
  readonly planned?: PlannedEvent | undefined
  /** Event names of the plan, to suggest a similar one. */
  readonly names?: readonly string[] | undefined
}

type Told = Decision & DescribeContext

/** Explains in plain sentences what happened to an attempt, why, and what would make it fire. */
export function describe(decision: Decision, context: DescribeContext): string {
  const told = { ...decision, ...context }
  return [sentences[decision.reason](told), flagged(told), earlierAnswer(told)].filter(Boolean).join(' ')
}

const sentences = {
  admitted: (told) => {
    const { deliveries, trigger } = told
    if (trigger.synthetic === 'kept')
      return 'Fired by a tester: nothing was counted, and nothing left the page.'
    if (Object.keys(deliveries).length === 0)
      return 'Fired. The tracker has no destination, so nothing left the page.'
    return `${verdictWords[verdictOf(told)]}. ${deliveriesOf(told)}.`
  },
  'consent-pending': (told) =>
    told.outcome === 'dropped'
      ? `Not counted: the user has not answered about ${pendingCategories(told)} yet, and this tracker holds nothing. It fires when it happens again after consent is granted.`
      : `Held: the user has not answered about ${pendingCategories(told)} yet. It is sent once consent is granted, with the time at which it happened.`,
  prerendering: () =>
    'Held: the browser has prepared this page in advance, and the user has not seen it. It fires when the user opens the page.',
  'not-in-browser': () =>
    'Not counted: this ran outside a browser, as on a server. It fires when the same thing happens in the browser of a user.',
  'unknown-event': ({ event, names }) =>
    `Not counted: the plan has no event "${event}".${didYouMean(event, names ?? [])} It fires when the plan declares it, or the name is corrected.`,
  'invalid-properties': (told) =>
    `Not counted: the properties are not as the plan wants them${issuesOf(told)}. It fires when they are corrected.`,
  'code-threw': (told) =>
    `Not counted: code of this site failed${issuesOf(told)}. It fires when that function works.`,
  'personal-data': ({ personalData = [] }) =>
    `Not counted: it carries what looks like personal data${personalData.length ? ` (${personalData.map(findingInWords).join('; ')})` : ''}. It fires without it; use an id or a category in its place.`,
  'not-counted': () =>
    'Not counted: it happened, but does not meet the success criterion of the plan. It fires when the properties meet it.',
  retired: () => 'Not counted: the plan has retired this event. It fires when the plan makes it live again.',
  draft: () => 'Not counted: the plan still has this event as a draft. It fires when the plan makes it live.',
  shadow: ({ would, ...told }) => {
    const sent = Object.keys(told.deliveries).length > 0
    return [
      sent
        ? `Not counted, on purpose: the plan tries this event (shadow). Only destinations that ask for shadow events get it. ${deliveriesOf(told)}.`
        : 'Not sent, on purpose: the plan tries this event (shadow).',
      would && `Live, it would be ${wouldBe({ ...told, ...would })}.`,
      'It fires when the plan makes it live.',
    ]
      .filter(Boolean)
      .join(' ')
  },
  'not-in-rollout': ({ planned }) =>
    `Not counted: the event is rolled out to ${share(planned?.rollout)}, and this one is not among them. It fires when the rollout grows to include them.`,
  frequency: ({ frequency, now }) => {
    const closed = frequency.filter((state) => !state.open)
    if (closed.length === 0) return 'Not counted again: its frequency rule was used up.'
    return `Not counted again: ${closed.map(ruleWithKey).join('; ')}. ${closed.map((state) => seen(state, now)).join(' ')}`
  },
  repeated: () =>
    'Not counted again: a component that mounted again reported the same as before. It fires on the next page, or when something else is reported.',
  superseded: ({ frequency }) =>
    `Not counted again: another tab had counted it first${frequency.length ? ` (${frequency.map(ruleWithKey).join('; ')})` : ''}. It fires when its frequency rule opens again.`,
  'sampled-out': ({ sampleRate }) =>
    `Not counted: a sample of ${share(sampleRate)} is kept, and this one is not in it. It fires for users in the sample.`,
  'consent-denied': (told) =>
    `Not sent: consent is denied (${categoriesOf(told, 'denied')}). It fires when the user grants it.`,
  'before-send': () =>
    'Not sent: the code of this site stopped it in beforeSend. It fires when beforeSend lets it through.',
  'suspected-bot': () =>
    'Not counted: this browser looks like a robot (automated or headless). It fires in the browser of a person.',
  'queue-full': () =>
    'Lost: too many events were waiting for consent already. It fires when the user has answered.',
  'hold-expired': (told) =>
    `Lost: it waited too long for an answer about ${pendingCategories(told)}. It fires when consent is answered sooner.`,
  withdrawn: () =>
    'Not sent: consent was withdrawn before it left. It fires when it happens again after the user grants consent.',
  'no-destination': () =>
    'Not sent: the plan keeps this event from every destination. It fires when the plan allows at least one.',
  disabled: () => 'Not counted: tracking is switched off. It fires when tracking is switched on.',
} satisfies Record<Reason, (told: Told) => string>

/** Says what became of each delivery, such as `Delivered to memory, ads. http: queued`. */
function deliveriesOf({ deliveries }: Told): string {
  const all = Object.entries(deliveries)
  const got = all.filter(([, { state }]) => state === 'sent').map(([name]) => name)
  const others = all.filter(([, { state }]) => state !== 'sent')
  return [
    ...(got.length ? [`Delivered to ${got.join(', ')}`] : []),
    ...others.map(([name, { state }]) => `${name}: ${deliveryWords[state]}`),
  ].join('. ')
}

function seen(state: RuleState, now: number): string {
  const when =
    state.earlier === undefined
      ? ''
      : `${state.count > 1 ? 'Last' : 'First'} seen ${ago(state.earlier, now)}; `
  const opens = opensInWords(state, now)
  return `${when || opens.charAt(0).toUpperCase()}${when ? opens : opens.slice(1)}.`
}

function ruleWithKey({ rule, key }: RuleState): string {
  return key ? `${ruleInWords(rule)} (here: ${key})` : ruleInWords(rule)
}

function share(rate = 1): string {
  return `${+(rate * 100).toFixed(2)}% of users`
}

function issuesOf({ issues }: Told): string {
  return issues?.length ? ` (${issues.map(issueInWords).join('; ')})` : ''
}

function categoriesOf({ consent }: Told, wanted: string): string {
  return (
    Object.keys(consent)
      .filter((category) => consent[category] === wanted)
      .join(', ') || 'what it needs'
  )
}

function pendingCategories(told: Told): string {
  const pending = categoriesOf(told, 'pending')
  return pending === 'what it needs' ? 'consent' : pending
}

function wouldBe(decision: Decision): string {
  const why = decision.reason === 'admitted' ? '' : `: ${reasonInWords(decision)}`
  return `${outcomeWords[decision.outcome].toLowerCase()}${why}`
}

/** Describes invalid properties of an event that was sent all the same, because the tracker only flags them. */
function flagged(told: Told): string {
  return hasInvalid(told) && told.outcome !== 'dropped'
    ? `Its properties are not as the plan wants them${issuesOf(told)}.`
    : ''
}

function earlierAnswer({ first, outcome, reason }: Told): string {
  if (!first || (first.outcome === outcome && first.reason === reason)) return ''
  const answer = reasonInWords({ reason: first.reason, frequency: [], deliveries: {} })
  return `The first decision was: ${outcomeWords[first.outcome].toLowerCase()}${answer && `, ${answer}`}.`
}
