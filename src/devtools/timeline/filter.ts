import type { StoreApi } from 'zustand/vanilla'
import type { Decision, Outcome } from '../../engine/record/decision.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import type { Accepted, AcceptedColumn } from '../extensions/accepted.ts'
import { plainText } from '../parts/plain-value.ts'
import { isProblem, verdictOf, verdictWords } from '../parts/verdict.ts'
import { newsOf, outcomeWords, planStateOf, reasonInWords } from '../parts/words.ts'
import { type Field, readTerms, type Term } from './filter-terms.ts'
import type { Notes, NotesStore } from './notes.ts'

export interface Filter {
  readonly text: string
  /** Outcomes to show; an empty list shows all. */
  readonly outcomes: readonly Outcome[]
  /** Shows only mistakes, failed deliveries and failed forms. Default false. */
  readonly problems?: boolean
}

/** Data besides the decision that filter terms can refer to. */
export interface FilterContext {
  readonly plan: AnyPlan
  readonly notes: Notes
  /** Columns of extensions, which the filter searches too. */
  readonly columns?: readonly AcceptedColumn[] | undefined
}

interface Sources {
  readonly tracker: { readonly plan: AnyPlan }
  readonly notes: NotesStore
  readonly extensions: StoreApi<Accepted>
}

/** Returns the current filter context of an overlay. */
export function filterContextOf({ tracker, notes, extensions }: Sources): FilterContext {
  return { plan: tracker.plan, notes: notes.getState(), columns: extensions.getState().columns }
}

/** Searchable text by decision, created on the first search. */
const haystacks = new WeakMap<Decision, string>()

function haystackOf(decision: Decision): string {
  const known = haystacks.get(decision)
  if (known !== undefined) return known
  const { event, outcome, reason, trigger, page, properties, eventId, deliveries } = decision
  const words = [
    event,
    outcomeWords[outcome],
    verdictWords[verdictOf(decision)],
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
  is: (decision, { notes }) => [
    decision.outcome,
    verdictOf(decision),
    isProblem(decision) ? 'problem' : '',
    notes[decision.number]?.marked ? 'marked' : '',
    notes[decision.number]?.note ? 'noted' : '',
  ],
  reason: ({ reason }) => [reason],
  component: ({ trigger }) => [trigger.component],
  fact: ({ trigger }) => [trigger.fact, trigger.factKey ?? ''],
  page: ({ page }) => [pageOf(page)],
  to: ({ deliveries }) =>
    Object.entries(deliveries).flatMap(([name, { state }]) => [name, `${name}=${state}`]),
  plan: (decision, { plan }) => [planStateOf(decision, plan)],
  consent: ({ consent }) => Object.entries(consent).map(([category, state]) => `${category}=${state}`),
  experiment: ({ experiments = {} }) =>
    Object.entries(experiments).map(([name, variant]) => `${name}=${variant}`),
  like: (decision) => [kindOf(decision)],
}

export const pageOf = ({ path, url }: Decision['page']): string => path || url

/** Returns what similar attempts share, as one filter term. */
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

/** Creates a predicate for decisions that match the outcomes and every term of the filter. */
export function allowing(
  { text, outcomes, problems }: Filter,
  context: FilterContext,
): (decision: Decision) => boolean {
  const { terms } = readTerms(text)
  return (decision) =>
    (!problems || isProblem(decision)) &&
    (outcomes.length === 0 || outcomes.includes(decision.outcome)) &&
    terms.every((term) => meets(decision, term, context))
}

/** Returns the values of a field in one attempt. */
export function valuesOf(decision: Decision, field: Field, context: FilterContext): readonly string[] {
  return readers[field](decision, context)
}
