import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './entries.mjs'

const tsconfigs = ['', '.build', '.vitest-5']

const changed = (/** @type {string} */ path) =>
  statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Builds unless `dist` is younger than everything that it is made from. */
export function ensureBuilt() {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((path) =>
    join('src', path),
  )
  const configs = ['package.json', 'vite.config.ts', ...tsconfigs.map((name) => `tsconfig${name}.json`)]
  // The declarations are written last.
  if (changed('dist/index.d.ts') > Math.max(...[...sources, ...configs].map(changed))) return

  // Any other NODE_ENV, such as Vitest's, would build React's development calls in.
  const env = { ...process.env, NODE_ENV: 'production' }
  const { status } = spawnSync('npm run build', { cwd: root, env, stdio: 'inherit', shell: true })
  if (status !== 0) throw new Error('The build failed.')
}
