import type { Decision, Outcome } from '../../engine/types.ts'
import { plainText } from '../parts/plain-value.ts'
import { newsOf, outcomeWords, reasonInWords } from '../parts/words.ts'

export interface Filter {
  readonly text: string
  /** None means all. */
  readonly outcomes: readonly Outcome[]
}

/** What a text is sought in, made once for each decision, and only when somebody seeks. */
const haystacks = new WeakMap<Decision, string>()

function haystackOf(decision: Decision): string {
  const known = haystacks.get(decision)
  if (known !== undefined) return known
  const { event, outcome, reason, trigger, page, properties, eventId, deliveries } = decision
  const words = [
    event,
    outcomeWords[outcome],
    reason,
    reasonInWords(decision),
    newsOf(decision).text,
    trigger.component,
    trigger.fact,
    trigger.factKey,
    page.path,
    eventId,
    ...Object.keys(deliveries),
    properties && plainText(properties),
  ]
  const haystack = words.filter(Boolean).join(' ').toLowerCase()
  haystacks.set(decision, haystack)
  return haystack
}

/** The decisions with every word of the text, newest first. */
export function matching(decisions: readonly Decision[], { text, outcomes }: Filter): readonly Decision[] {
  const sought = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found: Decision[] = []
  for (let index = decisions.length - 1; index >= 0; index--) {
    const decision = decisions[index]
    if (!decision || (outcomes.length > 0 && !outcomes.includes(decision.outcome))) continue
    if (sought.length > 0 && !sought.every((word) => haystackOf(decision).includes(word))) continue
    found.push(decision)
  }
  return found
}
