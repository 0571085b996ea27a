import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../entries.mjs'

export const cache = join(root, 'node_modules/.cache/peers')

const isInstalled = (/** @type {[name: string, version: string]} */ [name, version]) => {
  const file = join(cache, 'node_modules', name, 'package.json')
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === version
}

/**
 * Installs what the candidates need into the cache, at exact versions, unless it is there.
 * @param {readonly import('./candidates.mjs').Candidate[]} candidates
 */
export function ensureInstalled(candidates) {
  const wanted = candidates.flatMap(({ packages = {} }) => Object.entries(packages))
  if (wanted.every(isInstalled)) return
  mkdirSync(cache, { recursive: true })
  writeFileSync(join(cache, 'package.json'), JSON.stringify({ private: true }))
  const names = wanted.map(([name, version]) => `${name}@${version}`)
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--save-exact', ...names]
  const { status } = spawnSync('npm', install, { cwd: cache, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error(`The peers could not be installed: ${names.join(' ')}`)
}
