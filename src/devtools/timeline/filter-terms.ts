type Compile = typeof import('./expression.ts').compileExpression

/** Compiles a regular expression. Loads on demand, because few filters have one. */
let compile: Compile | undefined

export const hasMatcher = (): boolean => compile !== undefined

/** Gives what compiles regular expressions. Until then, terms that have one exclude nothing. */
export function giveMatcher(given: Compile): void {
  compile = given
}

/** Fields that a term can name, as in `field:value`. */
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
  'experiment',
  'like',
] as const
export type Field = (typeof fields)[number]

export interface Term {
  /** Text of the term as typed. */
  readonly raw: string
  /** Field to search; undefined searches all fields. */
  readonly field: Field | undefined
  /** True for `-term`, which hides matching attempts. */
  readonly negated: boolean
  /** Text between quotes, which must match the whole value of the field. */
  readonly exact: string | undefined
  readonly matches: (text: string) => boolean
}

export interface Terms {
  readonly terms: readonly Term[]
  /** Error of an invalid regular expression, which filters nothing. */
  readonly error: string | undefined
}

const pattern = new RegExp(
  String.raw`(-)?(?:(${fields.join('|')}):)?(?:"([^"]*)"|/((?:\\.|[^\\/])+)/([dgimsuvy]*)(?=\s|$)|(\S+))`,
  'g',
)

/**
 * Parses filter terms such as `pricing`, `-draft`, `reason:frequency,repeated`, `page:"/"`, `/^step_\d/i` or
 * `event:/^step/`.
 */
export function readTerms(text: string): Terms {
  const terms: Term[] = []
  let error: string | undefined
  for (const [raw, minus, field, exact, expression, flags, word] of text.matchAll(pattern)) {
    if (word && fields.some((name) => `${name}:` === word.replace(/^-/, ''))) continue // incomplete term
    let matches: Term['matches']
    if (exact !== undefined) {
      matches = field
        ? (found) => found === exact
        : (found) => found.toLowerCase().includes(exact.toLowerCase())
    } else if (expression !== undefined) {
      try {
        // Until it is loaded, the term excludes nothing.
        matches = compile ? compile(expression, flags ?? '') : () => minus === undefined
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

/** Returns whether a filter contains a regular expression. From a link it runs only after a click. */
export function hasExpression(text: string): boolean {
  return [...text.matchAll(pattern)].some(([, , , , expression]) => expression !== undefined)
}

/** Returns the value that a filter requires for a field, as `withField` writes it; otherwise an empty string. */
export function fieldOf(text: string, field: Field): string {
  return readTerms(text).terms.find((term) => term.field === field && !term.negated)?.exact ?? ''
}

/** Replaces the terms of a field by `field:"value"`; an empty value only removes them. */
export function withField(text: string, field: Field, value: string): string {
  const others = readTerms(text).terms.filter((term) => term.field !== field || term.negated)
  return [...others.map(({ raw }) => raw), ...(value ? [`${field}:"${value}"`] : [])].join(' ')
}
