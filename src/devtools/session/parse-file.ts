/** The parts of a session file. */
export interface ParsedFile {
  /** The file with an empty list of attempts. */
  readonly head: unknown
  /** JSON text of each attempt. */
  readonly items: readonly string[]
}

/** Says why a text cannot be a session, although it may be JSON. */
export class NoSession extends Error {}

/** Maximum levels of brackets. A parser takes seconds for millions of them. */
const MAX_LEVELS = 100
/** Maximum characters of one attempt, and of everything else. */
const MAX_PART = 2_000_000
/** Characters that one task reads. */
const SLICE = 1_000_000

/** Lets the page answer before the next slice. */
export const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve))

/**
 * Splits a session file, or a HAR file with one, so that each attempt can be parsed alone: a parser needs a second for
 * tens of megabytes, in which the page would not answer. Throws `NoSession`, or `SyntaxError`.
 */
export async function parseFile(text: string): Promise<ParsedFile> {
  const lists = await listsIn(text)
  const items: string[] = []
  let rest = ''
  let at = 0
  for (const { name, start, end, commas } of lists) {
    rest += text.slice(at, start)
    at = end
    if (name !== 'decisions' || !text.slice(start, end).trim()) continue
    for (const [index, comma] of [...commas, end].entries())
      items.push(text.slice(index ? (commas[index - 1] ?? 0) + 1 : start, comma))
  }
  rest += text.slice(at)
  if ([rest, ...items].some(({ length }) => length > MAX_PART))
    throw new NoSession(`one part of it has more than ${MAX_PART / 1_000_000} MB`)
  return { head: JSON.parse(rest), items }
}

/** Place of the content of a list, and of the commas between its items. */
interface List {
  readonly name: string
  readonly start: number
  end: number
  readonly commas: number[]
}

/** Finds the attempts of a session, and the requests of a HAR file, which are not needed. */
async function listsIn(text: string): Promise<readonly List[]> {
  const found: List[] = []
  let open: { readonly list: List; readonly level: number } | undefined
  let level = 0
  let word = ''
  let key = ''
  let pause = SLICE
  for (let at = 0; at < text.length; at++) {
    if (at >= pause) {
      await nextTask()
      pause = at + SLICE
    }
    const sign = text[at]
    if (sign === '"') {
      const end = endOfText(text, at)
      word = end - at < 20 ? text.slice(at + 1, end) : ''
      at = end
    } else if (sign === ':') key = word
    else if (sign === '[' || sign === '{') {
      if (++level > MAX_LEVELS) throw new NoSession(`it is nested deeper than ${MAX_LEVELS} levels`)
      if (sign === '[' && !open && (key === 'decisions' || key === 'entries')) {
        open = { list: { name: key, start: at + 1, end: at + 1, commas: [] }, level }
      }
      key = ''
    } else if (sign === ']' || sign === '}') {
      if (open?.level === level) {
        open.list.end = at
        found.push(open.list)
        open = undefined
      }
      level--
    } else if (sign === ',') {
      key = ''
      if (open?.level === level) open.list.commas.push(at)
    }
  }
  return found
}

/** Returns the index of the quote that ends the text that begins at `start`. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = end
    while (text[slashes - 1] === '\\') slashes--
    if ((end - slashes) % 2 === 0) return end
  }
  return text.length
}
