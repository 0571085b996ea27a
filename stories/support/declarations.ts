/** A statement at the top level of a file that Biome has formatted. */
export interface Declaration {
  readonly name: string
  readonly code: string
  /** The text of the file that has it. */
  readonly file: string
}

const begins = /^(?:export )?(?:async )?(?:function|const|interface|type) (\w+)/

/** Functions, constants and types at the top level, without their `export`. */
export function declarationsIn(file: string): readonly Declaration[] {
  const lines = file.split('\n')
  return lines.flatMap((line, first) => {
    const name = begins.exec(line)?.[1]
    if (name === undefined) return []
    const code = lines.slice(first, lastLine(lines, first) + 1).join('\n')
    return [{ name, code: code.replace(/^export /, ''), file }]
  })
}

/** A statement ends with its line, with the bracket that closes it, or, after `=` and `=>`, before an empty line. */
function lastLine(lines: readonly string[], first: number): number {
  const line = lines[first] ?? ''
  const after = (end: RegExp) => lines.findIndex((other, at) => at > first && end.test(other))
  const count = (bracket: RegExp) => line.match(bracket)?.length ?? 0
  if (count(/[([{]/g) !== count(/[)\]}]/g)) return after(/^[)\]}]/)
  return /=>?$/.test(line) ? after(/^$/) - 1 : first
}

/** `name` is used in the code: not as a property or an element of HTML, and not in a text. */
export function mentions(code: string, name: string): boolean {
  const withoutTexts = code.replace(/(?<!=)>[^<>{}()=;]*</g, '><')
  const before = /^[a-z]/.test(name) ? "(?<![\\w'-]|<\\/?)" : "(?<![\\w'-])"
  return new RegExp(`${before}(?<!(?<!\\.\\.)\\.)${name}(?![\\w'-])`).test(withoutTexts)
}

/**
 * The declarations that the code needs, and what these need: in the file, and in the files of the project that it imports
 * them from. `others` are those files, by their names.
 */
export function neededBy(
  code: string,
  file: string,
  others: ReadonlyMap<string, string>,
): readonly Declaration[] {
  const needed: Declaration[] = []
  const seek = (text: string, from: string) => {
    for (const declaration of reachableFrom(from, others)) {
      const { name } = declaration
      if (needed.some((other) => other.name === name) || !mentions(text, name)) continue
      needed.push(declaration)
      seek(declaration.code, declaration.file)
    }
  }
  seek(code, file)
  const inOrder = [...others.values(), file].flatMap(declarationsIn)
  return inOrder.filter((each) =>
    needed.some((other) => other.name === each.name && other.file === each.file),
  )
}

function reachableFrom(file: string, others: ReadonlyMap<string, string>): readonly Declaration[] {
  const imported = statementsIn(file).flatMap(({ from, named }) => {
    const other = others.get(from.split('/').at(-1) ?? '')
    return other === undefined ? [] : declarationsIn(other).filter(({ name }) => named.includes(name))
  })
  return [...declarationsIn(file), ...imported]
}

export interface Import {
  readonly from: string
  /** The text of each: `type FormEvent`, `Link as RouterLink`. */
  readonly named: readonly string[]
  /** `Hls` of `import Hls from 'hls.js'`, `* as z` of `import * as z from 'zod'`. */
  readonly whole?: string | undefined
}

const statement = /^import (type )?(?:(\* as \w+|\w+)(?:, )?)?(?:\{([^}]*)\})? ?(?:from )?'([^']+)'$/gm

function statementsIn(file: string): readonly Import[] {
  return [...file.matchAll(statement)].map(([, type = '', whole, list = '', from = '']) => {
    const named = list.split(',').flatMap((each) => (each.trim() ? [type + each.trim()] : []))
    return { from, named, whole }
  })
}

/** Imports of packages, not of the project's own files. */
export const importsIn = (file: string): readonly Import[] =>
  statementsIn(file).filter(({ from }) => !/^\.|\?raw$|^storybook/.test(from))

/** Returns one statement for each package, with what the code uses and does not declare itself. */
export function importsFor(code: string, imports: readonly Import[]): string {
  const declared = new Set(declarationsIn(code).map(({ name }) => name))
  const isUsed = (specifier: string) => {
    const name = specifier.split(' ').at(-1) ?? ''
    return !declared.has(name) && mentions(code, name)
  }
  const whole = imports.flatMap((each) =>
    each.whole && isUsed(each.whole) ? [`import ${each.whole} from '${each.from}'`] : [],
  )
  const packages = [...new Set(imports.map(({ from }) => from))]
  const named = packages.flatMap((from) => {
    const names = imports.filter((each) => each.from === from).flatMap((each) => each.named.filter(isUsed))
    const sorted = [...new Set(names)].sort(byName)
    return sorted.length ? [`import { ${sorted.join(', ')} } from '${from}'`] : []
  })
  return [...new Set([...named, ...whole])].join('\n')
}

const plain = (specifier: string) => specifier.replace('type ', '').toLowerCase()
const byName = (one: string, other: string) => (plain(one) < plain(other) ? -1 : 1)
