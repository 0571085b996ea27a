import { relative } from 'node:path'
import ts from 'typescript-5.4'
import { publicEntries, root } from '../entries.mjs'
import { typeProgram } from '../type-program.mjs'

/** @typedef {import('./rules.mjs').Offence} Offence */

/** @returns {Offence[]} public names without a docstring, and members of public options and props without one */
export function undocumented() {
  const sources = publicEntries().map(({ source }) => source)
  const program = typeProgram(sources)
  const checker = program.getTypeChecker()
  const exported = sources.flatMap((source) => {
    const file = program.getSourceFile(source)
    const module = file && checker.getSymbolAtLocation(file)
    return module ? checker.getExportsOfModule(module) : []
  })
  const symbols = exported.map((symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
  )
  const own = (/** @type {ts.Symbol} */ symbol) => Boolean(placeOf(symbol)?.file.startsWith('src/'))
  const lacks = (/** @type {ts.Symbol} */ symbol) =>
    own(symbol) && symbol.getDocumentationComment(checker).length === 0
  const members = symbols
    .filter(({ name, flags }) => /(Options|Props)$/.test(name) && flags & ts.SymbolFlags.Type)
    .flatMap((symbol) => checker.getDeclaredTypeOfSymbol(symbol).getProperties())
  return [
    ...[...new Set(symbols)].filter(lacks).map(offence('a public name has a docstring')),
    ...[...new Set(members)].filter(lacks).map(offence('an option or prop has a description')),
  ].flat()
}

function placeOf(/** @type {ts.Symbol} */ { declarations }) {
  const [declaration] = declarations ?? []
  if (!declaration) return undefined
  const source = declaration.getSourceFile()
  const { line } = source.getLineAndCharacterOfPosition(declaration.getStart())
  return { file: relative(root, source.fileName), line: line + 1 }
}

/** @returns {(symbol: ts.Symbol) => Offence[]} */
const offence = (/** @type {string} */ rule) => (symbol) => {
  const place = placeOf(symbol)
  return place ? [{ ...place, text: symbol.name, rule }] : []
}
