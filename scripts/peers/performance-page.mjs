import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { root } from '../entries.mjs'

const file = join(root, 'docs/performance.md')
const START = '<!-- measured -->'

/**
 * Puts a table, with its date and machine, into the page about performance, in place of the last one.
 * @param {Awaited<ReturnType<typeof import('./run.mjs').measurePeers>>} measured
 */
export function writePage({ table, candidates, rows, browserVersion }) {
  const [text = ''] = readFileSync(file, 'utf8').split(START)
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  const versions = candidates
    .flatMap(({ packages = {} }) => Object.entries(packages))
    .map(([name, version]) => `${name} ${version}`)
  const day = new Date().toISOString().slice(0, 10)
  const meanings = rows.map(({ what, means }) => `- **${what}.** ${means}\n`).join('')
  writeFileSync(
    file,
    `${text}${START}\n\nMeasured on ${day} at ${commit}, on a machine of ${cpus().length} cores, in Chromium ${browserVersion}. Peers: ${versions.join(', ')}.\n\n${table}\n## What each row means\n\n${meanings}`,
  )
}
