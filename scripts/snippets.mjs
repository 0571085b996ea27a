import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { argv, exit, stderr, stdout } from 'node:process'
import ts from 'typescript-5.4'
import { compile, failuresIn, installed } from './check-types.mjs'
import { ensureBuilt } from './dist.mjs'
import { root } from './entries.mjs'
import { lineOf, nodesIn, parseMarkdown, userPages } from './markdown.mjs'

/**
 * Compiles the TypeScript of README and `docs/*.md`, each block as a module, against the built package.
 *
 * A comment on the line before a block says more:
 * `<!-- with: plan -->` puts the names of `docs/.snippets/plan.tsx` in front, but for those that the block declares;
 * `<!-- no-check: reason -->` leaves the block out.
 *
 * @typedef {{ page: string, line: number, language: string, code: string, preludes: readonly string[] }} Snippet
 * @typedef {{ at: string, text: string }} Complaint
 */

const preludeFolder = join(root, 'docs/.snippets')
const preludeFile = (/** @type {string} */ name) => join(preludeFolder, `${name}.tsx`)
const exists = (/** @type {string} */ path) => statSync(path, { throwIfNoEntry: false }) !== undefined

/**
 * @param {string | undefined} comment what precedes the block
 * @returns {{ preludes: readonly string[], isLeftOut?: boolean, wrong?: string }}
 */
function readComment(comment) {
  const [, key, value = ''] = /^<!--\s*(with|no-check)\b:?\s*([\s\S]*?)\s*-->$/.exec(comment ?? '') ?? []
  if (!key) return { preludes: [] }
  if (!value) return { preludes: [], wrong: `"${key}:" needs ${key === 'with' ? 'a name' : 'a reason'}` }
  if (key === 'no-check') return { preludes: [], isLeftOut: true }
  const preludes = value.split(/,\s*/)
  const missing = preludes.find((name) => !exists(preludeFile(name)))
  return missing === undefined
    ? { preludes }
    : { preludes: [], wrong: `docs/.snippets/${missing}.tsx does not exist` }
}

/** The blocks of a page that are compiled, and the comments that are wrong. */
function readPage(/** @type {string} */ page) {
  /** @type {Snippet[]} */
  const snippets = []
  /** @type {Complaint[]} */
  const complaints = []
  for (const { node, previous } of nodesIn(parseMarkdown(resolve(root, page)))) {
    if (node.type !== 'code' || !['ts', 'tsx'].includes(node.lang ?? '')) continue
    const isAbove = previous?.type === 'html' && previous.position?.end.line === lineOf(node) - 1
    const { preludes, isLeftOut, wrong } = readComment(isAbove ? previous.value : undefined)
    if (wrong) complaints.push({ at: `${page}:${lineOf(previous ?? node)}`, text: wrong })
    if (isLeftOut) continue
    snippets.push({ page, line: lineOf(node), language: node.lang ?? 'tsx', code: node.value, preludes })
  }
  return { snippets, complaints }
}

/** @type {import('typescript-5.4').CompilerOptions} */
const parsing = {
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  module: ts.ModuleKind.ESNext,
  noEmit: true,
}

/**
 * What each of the preludes exports.
 * @param {readonly string[]} names
 */
function readPreludes(names) {
  const program = ts.createProgram(names.map(preludeFile), {
    ...parsing,
    types: [],
    jsx: ts.JsxEmit.ReactJSX,
  })
  const checker = program.getTypeChecker()
  return new Map(
    names.map((name) => {
      const source = program.getSourceFile(preludeFile(name))
      const symbol = source && checker.getSymbolAtLocation(source)
      return [name, symbol ? checker.getExportsOfModule(symbol).map((one) => one.name) : []]
    }),
  )
}

/** The names that a block declares or imports at its top level. */
function namesIn(/** @type {Snippet} */ { code, language }) {
  const source = ts.createSourceFile(`block.${language}`, code, ts.ScriptTarget.Latest)
  /** @type {Set<string>} */
  const names = new Set()
  const add = (/** @type {import('typescript-5.4').Node | undefined} */ name) => {
    if (!name) return
    if (ts.isIdentifier(name)) names.add(name.text)
    else ts.forEachChild(name, (part) => add(ts.isBindingElement(part) ? part.name : undefined))
  }
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) add(name)
    } else if (ts.isImportDeclaration(statement)) {
      const { name, namedBindings } = statement.importClause ?? {}
      add(name)
      if (namedBindings && ts.isNamespaceImport(namedBindings)) add(namedBindings.name)
      else namedBindings?.elements.forEach((element) => void add(element.name))
    } else if ('name' in statement) add(/** @type {import('typescript-5.4').Node} */ (statement.name))
  }
  return names
}

/**
 * The block as a module: one line more than it has.
 * @param {Snippet} snippet
 * @param {ReadonlyMap<string, readonly string[]>} exported by prelude
 */
function moduleOf(snippet, exported) {
  const own = namesIn(snippet)
  const imports = snippet.preludes.map((prelude) => {
    const names = (exported.get(prelude) ?? []).filter((name) => !own.has(name))
    return `import { ${names.join(', ')} } from './${prelude}';`
  })
  return `${imports.join(' ')}\n${snippet.code}\n`
}

/**
 * `Register` holds for a whole program: the blocks on a prelude share one, and a block that registers a plan has its own.
 * @param {readonly Snippet[]} snippets
 * @returns {Snippet[][]}
 */
function programsOf(snippets) {
  const registers = (/** @type {Snippet} */ { code }) => /\binterface Register\b/.test(code)
  const others = snippets.filter((snippet) => !registers(snippet))
  const isOnPrelude = (/** @type {Snippet} */ { preludes, code }) =>
    preludes.length > 0 || /from '\.\//.test(code)
  return [
    others.filter(isOnPrelude),
    others.filter((snippet) => !isOnPrelude(snippet)),
    ...snippets.filter(registers).map((snippet) => [snippet]),
  ].filter((program) => program.length > 0)
}

const compilerOptions = {
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable'],
  module: 'esnext',
  moduleResolution: 'bundler',
  moduleDetection: 'force',
  allowImportingTsExtensions: true,
  jsx: 'react-jsx',
  types: ['node', 'vite/client', 'gtag.js'],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
}

/**
 * @param {readonly Snippet[]} snippets of one program
 * @param {ReadonlyMap<string, readonly string[]>} exported by prelude
 * @returns {Promise<Complaint[]>}
 */
async function compileProgram(snippets, exported) {
  // In a folder whose name begins with a dot the project itself does not look, and the package finds itself by its name.
  mkdirSync(join(root, 'test/.generated'), { recursive: true })
  const folder = mkdtempSync(join(root, 'test/.generated/snippets-'))
  const files = snippets.map((snippet, index) => {
    const stem = basename(snippet.page, '.md')
    const file = join(folder, `${stem}-${index}.${snippet.language}`)
    writeFileSync(file, moduleOf(snippet, exported))
    return file
  })
  // Without an import, TypeScript does not find the module that `declare module` speaks of.
  const app = join(folder, 'app.ts')
  writeFileSync(app, "import 'react-microconversions'\n")
  const options = { ...compilerOptions, rootDirs: [folder, preludeFolder] }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, files: [...files, app] }),
  )
  const failures = failuresIn(await compile(installed('typescript/bin/tsc'), folder))
  rmSync(folder, { recursive: true })
  return failures.map(({ file, line, code, text }) => {
    const snippet = snippets[files.indexOf(file)]
    const at = snippet ? `${snippet.page}:${snippet.line + line - 1}` : `${relative(root, file)}:${line}`
    return { at, text: `${code}: ${text}` }
  })
}

/**
 * @param {readonly string[]} pages
 * @returns {Promise<{ count: number, complaints: string[] }>} how many blocks were compiled, and what is wrong with them
 */
export async function checkSnippets(pages) {
  ensureBuilt()
  const read = pages.map(readPage)
  const snippets = read.flatMap((page) => page.snippets)
  const exported = readPreludes([...new Set(snippets.flatMap(({ preludes }) => preludes))])
  const compiled = await Promise.all(programsOf(snippets).map((program) => compileProgram(program, exported)))
  const complaints = [...read.flatMap((page) => page.complaints), ...compiled.flat()]
  return { count: snippets.length, complaints: complaints.map(({ at, text }) => `${at}: ${text}`) }
}

if (import.meta.filename === argv[1]) {
  const { count, complaints } = await checkSnippets(argv.length > 2 ? argv.slice(2) : userPages())
  for (const complaint of complaints) stderr.write(`${complaint}\n`)
  if (complaints.length) exit(1)
  stdout.write(`Snippets: ${count} blocks compile.\n`)
}
