/**
 * Finds comments, string literals and brackets in JavaScript, without a parser. A quote in a regular expression may begin a
 * string, which then ends on the same line at the latest.
 */

/** Returns the source with spaces in place of comments, so that positions and lines do not change. */
export function withoutComments(source: string): string {
  let clean = ''
  let from = 0
  for (let at = 0; at < source.length; ) {
    const end = endOfToken(source, at)
    if (source[at] === '/' && (source[at + 1] === '/' || source[at + 1] === '*')) {
      clean += source.slice(from, at) + source.slice(at, end).replaceAll(/[^\n]/g, ' ')
      from = end
    }
    at = end
  }
  return clean + source.slice(from)
}

/** Returns the end of the comment or string that begins at `at`; any other token is one character long. */
function endOfToken(source: string, at: number): number {
  const character = source[at]
  if (character === '/' && source[at + 1] === '/') return endOr(source.indexOf('\n', at), source)
  if (character === '/' && source[at + 1] === '*') return endOr(source.indexOf('*/', at + 2), source, 2)
  if (character === '"' || character === "'" || character === '`') return endOfText(source, at)
  return at + 1
}

const endOr = (found: number, source: string, more = 0) => (found < 0 ? source.length : found + more)

/** Returns the end of a string. A quote without a second one on its line, such as an apostrophe in JSX text, is no string. */
function endOfText(source: string, at: number): number {
  const quote = source[at]
  for (let index = at + 1; index < source.length; index++) {
    if (source[index] === '\\') index++
    else if (source[index] === quote) return index + 1
    else if (source[index] === '\n' && quote !== '`') return at + 1
  }
  return at + 1
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** Returns the comma-separated parts between two brackets; `at` is the position of the opening bracket. */
export function partsIn(source: string, at: number): readonly string[] {
  const end = closing[source[at] ?? '']
  const parts: string[] = []
  let start = at + 1
  let depth = 0
  for (let index = at + 1; index < source.length; index = endOfToken(source, index)) {
    const character = source[index] ?? ''
    if (depth === 0 && (character === ',' || character === end)) {
      const part = source.slice(start, index).trim()
      if (part) parts.push(part)
      if (character === end) return parts
      start = index + 1
    } else if (closing[character]) depth++
    else if (character === ')' || character === ']' || character === '}') depth--
  }
  return parts
}

/** Returns the text of a string literal without placeholders; undefined for any other expression. */
export function literal(expression: string | undefined): string | undefined {
  const match = /^(['"`])((?:\\.|(?!\1)[^\\])*)\1$/.exec(expression ?? '')
  if (!match || (match[1] === '`' && match[2]?.includes('${'))) return undefined
  return match[2]?.replaceAll(/\\(.)/g, '$1')
}

/** Returns the fields of an object literal, by name, as expressions; undefined for any other expression. */
export function fieldsOf(expression: string | undefined): ReadonlyMap<string, string> | undefined {
  if (!expression?.startsWith('{')) return undefined
  const fields = partsIn(expression, 0).flatMap((part) => {
    const [, quoted, bare, value] = /^(?:(?:['"]([^'"]+)['"]|([\w$]+))\s*:\s*([\s\S]+)|)$/.exec(part) ?? []
    if (value !== undefined) return [[quoted ?? bare ?? '', value] as const]
    return /^[\w$]+$/.test(part) ? [[part, part] as const] : []
  })
  return new Map(fields)
}

/** Returns the line of a position, from 1. */
export function lineAt(source: string, at: number): number {
  return source.slice(0, at).split('\n').length
}
