import { compileExpression } from './expression.ts'

/** What a term may name, in `field:value`. */
export const fields = [
  'event',
  'is',
  'reason',
  'component',
  'fact',
  'page',
  'to',
  'plan',
  'consent',
  'like',
] as const
export type Field = (typeof fields)[number]

export interface Term {
  /** As it was typed. */
  readonly raw: string
  /** Undefined: sought in everything. */
  readonly field: Field | undefined
  /** `-term` hides what it matches. */
  readonly negated: boolean
  /** Between quotes: the whole of it. */
  readonly exact: string | undefined
  readonly matches: (text: string) => boolean
}

export interface Terms {
  readonly terms: readonly Term[]
  /** Of a regular expression that is none; it filters nothing. */
  readonly error: string | undefined
}

const pattern = new RegExp(
  String.raw`(-)?(?:(${fields.join('|')}):)?(?:"([^"]*)"|/((?:\\.|[^\\/])+)/([dgimsuvy]*)(?=\s|$)|(\S+))`,
  'g',
)

/** Reads `pricing`, `-draft`, `reason:frequency,repeated`, `page:"/"`, `/^step_\d/i`, `event:/^step/`. */
export function readTerms(text: string): Terms {
  const terms: Term[] = []
  let error: string | undefined
  for (const [raw, minus, field, exact, expression, flags, word] of text.matchAll(pattern)) {
    if (word && fields.some((name) => `${name}:` === word.replace(/^-/, ''))) continue // not typed to its end
    let matches: Term['matches']
    if (exact !== undefined) {
      matches = field
        ? (found) => found === exact
        : (found) => found.toLowerCase().includes(exact.toLowerCase())
    } else if (expression !== undefined) {
      try {
        matches = compileExpression(expression, flags ?? '')
      } catch (failure) {
        error = failure instanceof Error ? failure.message : String(failure)
        continue
      }
    } else {
      const sought = (field ? (word ?? '').split(',') : [word ?? ''])
        .filter(Boolean)
        .map((part) => part.toLowerCase())
      matches = (found) => sought.some((part) => found.toLowerCase().includes(part))
    }
    terms.push({ raw, field: field as Field | undefined, negated: minus !== undefined, exact, matches })
  }
  return { terms, error }
}

/** True if a text holds an expression: one that comes with a link runs only after a click. */
export function hasExpression(text: string): boolean {
  return [...text.matchAll(pattern)].some(([, , , , expression]) => expression !== undefined)
}

/** The value that a text asks of a field, as `withField` writes it; empty if none or another. */
export function fieldOf(text: string, field: Field): string {
  return readTerms(text).terms.find((term) => term.field === field && !term.negated)?.exact ?? ''
}

/** The text with `field:"value"` in place of what it asked of the field; an empty value asks nothing. */
export function withField(text: string, field: Field, value: string): string {
  const others = readTerms(text).terms.filter((term) => term.field !== field || term.negated)
  return [...others.map(({ raw }) => raw), ...(value ? [`${field}:"${value}"`] : [])].join(' ')
}
