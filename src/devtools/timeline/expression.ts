/**
 * Matches the regular expressions of a filter in time bounded by expression × text. It follows all alternatives at once
 * (https://swtch.com/~rsc/regexp/regexp1.html); the browser's matcher backtracks, and an expression in a link could
 * make it run forever. Rejects look-around and back-references, which this method cannot match.
 */

/** Maximum characters of an expression, and of a text. */
const MAX_SOURCE = 1_000
const MAX_TEXT = 2_000
/** Maximum steps of a compiled expression. */
const MAX_STEPS = 500
/** Maximum steps of all expressions in one task; beyond it they match nothing. */
export const MAX_WORK = 10_000_000
const work = { left: MAX_WORK }

type Step =
  | { readonly kind: 'one'; readonly fits: (char: string) => boolean }
  | { readonly kind: 'at'; readonly holds: (chars: readonly string[], index: number) => boolean }
  /** Continues at each of these steps. */
  | { readonly kind: 'fork'; readonly ways: readonly number[] }
  | { readonly kind: 'found' }

type Node =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'row'; readonly parts: readonly Node[] }
  | { readonly kind: 'either'; readonly parts: readonly Node[] }
  | { readonly kind: 'times'; readonly part: Node; readonly min: number; readonly max: number }

/** Compiles a regular expression. Throws a SyntaxError if it is invalid or cannot be matched in bounded time. */
export function compileExpression(source: string, flags: string): (text: string) => boolean {
  // Without `g` and `y`, which keep state between calls.
  const plainFlags = flags.replace(/[dgy]/g, '')
  new RegExp(source, plainFlags)
  if (source.length > MAX_SOURCE) throw new SyntaxError(TOO_LONG)
  const steps = assembled(parse(source, plainFlags))
  const isUnicode = /[uv]/.test(plainFlags)
  return (text) => {
    if (work.left === MAX_WORK) queueMicrotask(() => (work.left = MAX_WORK))
    // One character more, so that `$` does not match at the cut.
    const short = text.slice(0, MAX_TEXT + 1)
    return run(steps, isUnicode ? [...short] : short.split(''))
  }
}

function run(steps: readonly Step[], chars: readonly string[]): boolean {
  let now = new Set<number>()
  for (let index = 0; work.left > 0; index++) {
    // A match may start at any character.
    if (reach(steps, 0, chars, index, now)) return true
    const char = chars[index]
    if (char === undefined || index >= MAX_TEXT) return false
    const next = new Set<number>()
    for (const at of now) {
      const step = steps[at] as Step
      if (step.kind === 'one' && step.fits(char) && reach(steps, at + 1, chars, index + 1, next)) return true
    }
    now = next
  }
  return false
}

/** Adds all steps reachable from `start` without another character. Returns true if the expression ends there. */
function reach(
  steps: readonly Step[],
  start: number,
  chars: readonly string[],
  index: number,
  reached: Set<number>,
): boolean {
  const open = [start]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    work.left--
    if (reached.has(at)) continue
    reached.add(at)
    const step = steps[at] as Step
    if (step.kind === 'found') return true
    if (step.kind === 'fork') open.push(...step.ways)
    if (step.kind === 'at' && step.holds(chars, index)) open.push(at + 1)
  }
  return false
}

const TOO_LONG = 'it is too long, or repeats too often'

function assembled(whole: Node): readonly Step[] {
  const steps: Step[] = []
  // Counts empty parts too, because they are repeated as well.
  let parts = 0

  function add(step: Step): number {
    if (steps.length >= MAX_STEPS) throw new SyntaxError(TOO_LONG)
    return steps.push(step) - 1
  }

  function assemble(node: Node): void {
    if (++parts > 10 * MAX_STEPS) throw new SyntaxError(TOO_LONG)
    if (node.kind === 'step') add(node.step)
    else if (node.kind === 'row') node.parts.forEach(assemble)
    else if (node.kind === 'either') either(node.parts)
    else repeat(node)
  }

  /** Assembles an alternation. */
  function either([first, ...others]: readonly Node[]): void {
    if (!first) return
    if (others.length === 0) {
      assemble(first)
      return
    }
    const fork = add({ kind: 'found' })
    assemble(first)
    const jump = add({ kind: 'found' })
    steps[fork] = { kind: 'fork', ways: [fork + 1, jump + 1] }
    either(others)
    steps[jump] = { kind: 'fork', ways: [steps.length] }
  }

  function repeat({ part, min, max }: Extract<Node, { kind: 'times' }>): void {
    const endless = max === Number.POSITIVE_INFINITY
    const skip = endless && min === 0 ? add({ kind: 'found' }) : undefined
    let last = steps.length
    for (let count = 0; count < (endless ? Math.max(1, min) : min); count++) {
      last = steps.length
      assemble(part)
    }
    if (endless) add({ kind: 'fork', ways: [last, steps.length + 1] })
    else for (let count = min; count < max; count++) either([part, { kind: 'row', parts: [] }])
    if (skip !== undefined) steps[skip] = { kind: 'fork', ways: [last, steps.length] }
  }

  assemble(whole)
  add({ kind: 'found' })
  return steps
}

const isWord = (char: string | undefined) => char !== undefined && /\w/.test(char)
const isEnd = (char: string | undefined) => char === undefined || /[\n\r\u2028\u2029]/.test(char)

/** Matches the part of an expression that stands for one character, as the browser parses it. */
const ONE = String.raw`^(?:\\(?:u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|c[a-z]|p\{[^}]*\}|[^])|\[(?:\\[^]|[^\]\\])*\]|[^])`
const TIMES = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/

/** Parses an expression that the browser has accepted. */
function parse(source: string, flags: string): Node {
  const oneSign = new RegExp(ONE, /[uv]/.test(flags) ? 'iu' : 'i')
  let rest = source
  const eat = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(rest)
    if (found) rest = rest.slice(found[0].length)
    return found
  }
  const refuse = (what: string): never => {
    throw new SyntaxError(`${what} cannot be used here`)
  }

  function either(): Node {
    const parts = [row()]
    while (eat(/^\|/)) parts.push(row())
    return { kind: 'either', parts }
  }

  function row(): Node {
    const parts: Node[] = []
    while (rest && !/^[|)]/.test(rest)) parts.push(repeated(one()))
    return { kind: 'row', parts }
  }

  function repeated(part: Node): Node {
    const found = eat(TIMES)
    if (!found) return part
    const [sign, least, comma, most] = found
    if (least === undefined)
      return {
        kind: 'times',
        part,
        min: sign[0] === '+' ? 1 : 0,
        max: sign[0] === '?' ? 1 : Number.POSITIVE_INFINITY,
      }
    const min = Number(least)
    return { kind: 'times', part, min, max: comma ? Number(most || Number.POSITIVE_INFINITY) : min }
  }

  function one(): Node {
    if (/^\(\?(?!:|<[^=!])/.test(rest)) return refuse('look-around')
    if (eat(/^\((?:\?(?:<[^>]*>|:))?/)) {
      const inner = either()
      eat(/^\)/)
      return inner
    }
    if (/^\\(?:[1-9]|k<)/.test(rest)) return refuse('a reference to a group')
    const edge = eat(/^(?:\^|\$|\\b|\\B)/i)
    if (edge) return { kind: 'step', step: { kind: 'at', holds: edgeOf(edge[0], flags.includes('m')) } }
    const [sign = ''] = eat(oneSign) ?? []
    // Matches a single character, so that backtracking is impossible.
    const pattern = new RegExp(`^(?:${sign})$`, flags.replace('m', ''))
    const known = new Map<string, boolean>()
    const fits = (char: string) => {
      const before = known.get(char)
      if (before !== undefined) return before
      const found = pattern.test(char)
      known.set(char, found)
      return found
    }
    return { kind: 'step', step: { kind: 'one', fits } }
  }

  return either()
}

function edgeOf(sign: string, lines: boolean): (chars: readonly string[], index: number) => boolean {
  if (sign === '^') return (chars, index) => index === 0 || (lines && isEnd(chars[index - 1]))
  if (sign === '$') return (chars, index) => index === chars.length || (lines && isEnd(chars[index]))
  const inside = sign === '\\B'
  return (chars, index) => (isWord(chars[index - 1]) !== isWord(chars[index])) !== inside
}
