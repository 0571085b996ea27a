import type { StoreApi } from 'zustand/vanilla'
import type { Decision, Outcome } from '../../engine/types.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import type { Accepted, AcceptedColumn } from '../extensions/accepted.ts'
import { plainText } from '../parts/plain-value.ts'
import { newsOf, outcomeWords, planStateOf, reasonInWords } from '../parts/words.ts'
import { type Field, readTerms, type Term } from './filter-terms.ts'
import type { Notes, NotesStore } from './notes.ts'

export interface Filter {
  readonly text: string
  /** None means all. */
  readonly outcomes: readonly Outcome[]
}

/** What some terms ask about beside the decision. */
export interface FilterContext {
  readonly plan: AnyPlan
  readonly notes: Notes
  /** Those of extensions: sought in as well. */
  readonly columns?: readonly AcceptedColumn[] | undefined
}

interface Sources {
  readonly tracker: { readonly plan: AnyPlan }
  readonly notes: NotesStore
  readonly extensions: StoreApi<Accepted>
}

/** As it is now in an overlay. */
export function filterContextOf({ tracker, notes, extensions }: Sources): FilterContext {
  return { plan: tracker.plan, notes: notes.getState(), columns: extensions.getState().columns }
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
  const haystack = words.filter(Boolean).join(' ')
  haystacks.set(decision, haystack)
  return haystack
}

type Read = (decision: Decision, context: FilterContext) => readonly string[]

const readers: Readonly<Record<Field, Read>> = {
  event: ({ event }) => [event],
  is: ({ number, outcome }, { notes }) => [
    outcome,
    notes[number]?.marked ? 'marked' : '',
    notes[number]?.note ? 'noted' : '',
  ],
  reason: ({ reason }) => [reason],
  component: ({ trigger }) => [trigger.component],
  fact: ({ trigger }) => [trigger.fact, trigger.factKey ?? ''],
  page: ({ page }) => [pageOf(page)],
  to: ({ deliveries }) =>
    Object.entries(deliveries).flatMap(([name, { state }]) => [name, `${name}=${state}`]),
  plan: (decision, { plan }) => [planStateOf(decision, plan)],
  consent: ({ consent }) => Object.entries(consent).map(([category, state]) => `${category}=${state}`),
  like: (decision) => [kindOf(decision)],
}

export const pageOf = ({ path, url }: Decision['page']): string => path || url

/** What equal attempts have in common, as one term of a filter. */
export function kindOf({ event, outcome, reason, trigger }: Decision): string {
  return [event, outcome, reason, trigger.component].join(' ').replaceAll('"', "'")
}

function sought(decision: Decision, { columns = [] }: FilterContext): readonly string[] {
  return [haystackOf(decision), ...columns.map(({ textOf }) => textOf(decision))]
}

function meets(decision: Decision, { field, matches, negated }: Term, context: FilterContext): boolean {
  const texts = field ? readers[field](decision, context) : sought(decision, context)
  return texts.some(matches) !== negated
}

/** Whether the outcome and every term of the text allow a decision. */
export function allowing(
  { text, outcomes }: Filter,
  context: FilterContext,
): (decision: Decision) => boolean {
  const { terms } = readTerms(text)
  return (decision) =>
    (outcomes.length === 0 || outcomes.includes(decision.outcome)) &&
    terms.every((term) => meets(decision, term, context))
}

/** What a field is in one attempt. */
export function valuesOf(decision: Decision, field: Field, context: FilterContext): readonly string[] {
  return readers[field](decision, context)
}
