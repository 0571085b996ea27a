import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { argv, exit, stderr, stdout } from 'node:process'
import { ensureBuilt } from './dist.mjs'
import { root } from './entries.mjs'

/**
 * @typedef {{ name: string, tsc: string, react: string }} Compiler
 * @typedef {{ file: string, line: number, code: string, text: string }} Failure
 * @typedef {{ file: string, line: number, codes: string[], texts: string[] }} Expectation
 */

export const installed = (/** @type {string} */ path) => join(root, 'node_modules', path)

/** The newest of everything, and the oldest that consumers may have. */
export const compilers = [
  { name: 'TypeScript 7, React 19', tsc: installed('typescript/bin/tsc'), react: installed('@types/react') },
  {
    name: 'TypeScript 5.4, React 18',
    tsc: installed('typescript-5.4/bin/tsc'),
    react: installed('@types/react-18'),
  },
]

/** @returns {Promise<string>} what the compiler printed */
export const compile = (/** @type {string} */ tsc, /** @type {string} */ project) =>
  new Promise((done) => {
    execFile(
      process.execPath,
      [tsc, '--pretty', 'false', '-p', project],
      { cwd: root, maxBuffer: 2 ** 26 },
      (_, out, err) => done(out + err),
    )
  })

/** @returns {Failure[]} */
export function failuresIn(/** @type {string} */ output) {
  /** @type {Failure[]} */
  const failures = []
  for (const line of output.split('\n')) {
    const head = /^(?:(.+)\((\d+),\d+\): )?error (TS\d+): (.*)$/.exec(line)
    const last = failures.at(-1)
    if (head)
      failures.push({
        file: resolve(root, head[1] ?? ''),
        line: Number(head[2]),
        code: head[3] ?? '',
        text: head[4] ?? '',
      })
    else if (last && line.startsWith(' ')) last.text += `\n${line}`
  }
  return failures.filter(({ file }) => !file.includes('node_modules'))
}

/**
 * `// @expect TS2820 "Did you mean '\"pricing_clicked\"'"` speaks of the next line that is not such a comment.
 * Codes may be alternatives (`TS2322|TS2820`), and of several texts each must be in the message.
 * @returns {Expectation[]}
 */
function expectationsIn(/** @type {string} */ file) {
  const expectations = []
  /** @type {Expectation[]} */
  let waiting = []
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    const comment = /@expect ((?:TS\d+\|?)+)(.*)/.exec(line)
    if (comment) {
      const texts = [...(comment[2] ?? '').matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([quoted]) =>
        JSON.parse(quoted),
      )
      waiting.push({ file, line: 0, codes: (comment[1] ?? '').split('|'), texts })
    } else {
      expectations.push(...waiting.map((expectation) => ({ ...expectation, line: index + 1 })))
      waiting = []
    }
  }
  return [...expectations, ...waiting]
}

/** Merged into Vitest 5, not into the Vitest 4 of this project: the package tests compile them. */
const forVitest5 = /\btesting-vitest\.d\.ts$|\bsetup.vitest\.d\.ts$/

/** The file, or the files of the folder. */
const filesOf = (/** @type {string} */ fixture) =>
  statSync(fixture).isDirectory()
    ? readdirSync(fixture, { recursive: true, encoding: 'utf8' })
        .map((name) => join(fixture, name))
        .filter((path) => /\.tsx?$/.test(path) && !forVitest5.test(path))
    : [fixture]

/**
 * Each program of the fixtures, which takes a compiler some seconds. What a file declares of a module holds in its whole program,
 * so such a file has one to itself, and so does a folder. The other files share one.
 * @returns {string[][]}
 */
function programsOf(/** @type {string[]} */ fixtures) {
  const isAlone = (/** @type {string} */ path) =>
    statSync(path).isDirectory() || readFileSync(path, 'utf8').includes('declare module')
  const shared = fixtures.filter((path) => !isAlone(path))
  return [...fixtures.filter(isAlone).map(filesOf), shared]
}

/** @returns {Promise<string[]>} what is not as the fixture, a file or a folder, says */
export const checkFixture = (
  /** @type {string} */ fixture,
  /** @type {Compiler} */ compiler,
  /** @type {{ skipLibCheck?: boolean }} */ options = {},
) => checkProgram(filesOf(fixture), compiler, options)

/**
 * @param {string[]} files
 * @param {Compiler} compiler
 * @param {{ skipLibCheck?: boolean }} options
 */
async function checkProgram(files, compiler, options = {}) {
  mkdirSync(installed('.cache'), { recursive: true })
  const folder = mkdtempSync(installed('.cache/types-'))
  const project = join(folder, 'tsconfig.json')
  const paths = { react: [compiler.react], 'react/*': [`${compiler.react}/*`] }
  writeFileSync(
    project,
    JSON.stringify({
      extends: join(root, 'test/types/tsconfig.json'),
      compilerOptions: { paths, ...options },
      files,
    }),
  )
  const failures = failuresIn(await compile(compiler.tsc, project))
  rmSync(folder, { recursive: true })

  const missing = files.flatMap(expectationsIn).filter((expected) => {
    const met = failures.findIndex(
      ({ file, line, code, text }) =>
        file === expected.file &&
        line === expected.line &&
        expected.codes.includes(code) &&
        expected.texts.every((part) => text.includes(part)),
    )
    if (met >= 0) failures.splice(met, 1)
    return met < 0
  })
  const at = (/** @type {{ file: string, line: number }} */ { file, line }) =>
    `${relative(root, file)}:${line} (${compiler.name})`
  return [
    ...missing.map(
      (one) =>
        `${at(one)} expected ${one.codes.join(' or ')} ${one.texts.map((text) => JSON.stringify(text)).join(' ')}`,
    ),
    ...failures.map((one) => `${at(one)} unexpected ${one.code}: ${one.text}`),
  ]
}

if (import.meta.filename === argv[1]) {
  const own = await compile(installed('typescript/bin/tsc'), join(root, 'tsconfig.json'))
  stderr.write(own)

  ensureBuilt()
  const fixtures = readdirSync(join(root, 'test/types')).filter((name) => name !== 'tsconfig.json')
  const programs = programsOf(fixtures.map((name) => join(root, 'test/types', name)))
  const complaints = await Promise.all(
    compilers.map(async (compiler) => {
      const found = await checkFixture(join(root, 'dist'), compiler, { skipLibCheck: false })
      for (const files of programs) found.push(...(await checkProgram(files, compiler)))
      return found
    }),
  )
  for (const complaint of complaints.flat()) stderr.write(`${complaint}\n`)
  if (own || complaints.flat().length) exit(1)
  stdout.write(
    `Types: the project, the declarations and ${fixtures.length} fixtures are as they should be.\n`,
  )
}
