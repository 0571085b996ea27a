import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { argv, exit, stdout } from 'node:process'
import { root } from './entries.mjs'
import { userPages } from './markdown.mjs'
import { offencesInPage } from './words/pages.mjs'
import { undocumented } from './words/public-names.mjs'
import { offencesInSource } from './words/sources.mjs'

const sourcesIn = (/** @type {string} */ folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name))

/** But for the page that quotes the names of tests. */
const pages = [...userPages(), 'ERRORS.md'].filter((page) => page !== 'docs/overlay-goals.md')

/** Lists what breaks our style in README, docs, messages, docstrings, interface and stories, as far as a machine can see. */
export function offences() {
  const found = [
    ...pages.flatMap(offencesInPage),
    ...[...sourcesIn('src'), ...sourcesIn('stories')].flatMap(offencesInSource),
    ...undocumented(),
  ]
  const texts = found.map(({ file, line, text, rule }) => `${file}:${line}: ${text}: ${rule}`)
  return [...new Set(texts)].sort(new Intl.Collator('en', { numeric: true }).compare)
}

if (import.meta.filename === argv[1]) {
  // `npm run words -- src/plan` prints what is there alone.
  const wanted = argv.slice(2)
  const found = offences().filter((one) => !wanted.length || wanted.some((path) => one.startsWith(path)))
  for (const one of found) stdout.write(`${one}\n`)
  if (found.length) exit(1)
}
