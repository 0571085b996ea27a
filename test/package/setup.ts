import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ensureBuilt } from '../../scripts/dist.mjs'
import { root } from '../../scripts/entries.mjs'

/** The package as `npm publish` would send it, and a folder per React major in which it is installed. */
export interface Packed {
  tarball: string
  package: string
  apps: { 18: string; 19: string }
}

declare module 'vitest' {
  export interface ProvidedContext {
    packed: Packed
  }
}

const modules = join(root, 'node_modules')

// Below the project's own node_modules, which is where an app finds what it does not have itself.
const apps = join(root, 'test/package/.apps')

// Everything that imports React has to find the app's own.
const withReact18 = {
  react: 'react-18',
  'react-dom': 'react-dom-18',
  zustand: 'zustand',
}

export default function setup(project: TestProject) {
  ensureBuilt()
  mkdirSync(apps, { recursive: true })
  const folder = mkdtempSync(join(apps, 'run-'))
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    stdio: 'pipe',
  })
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '')

  const install = (major: string) => {
    const app = join(folder, major)
    const target = join(app, 'node_modules/react-microconversions')
    mkdirSync(target, { recursive: true })
    execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components', '1'])
    cpSync(join(import.meta.dirname, 'fixtures/app'), app, { recursive: true })
    return app
  }
  const react18 = install('react-18')
  const react19 = install('react-19')
  for (const [name, source] of Object.entries(withReact18)) {
    cpSync(join(modules, source), join(react18, 'node_modules', name), { recursive: true })
  }

  project.provide('packed', {
    tarball,
    package: join(react19, 'node_modules/react-microconversions'),
    apps: { 18: react18, 19: react19 },
  })
  return () => rmSync(folder, { recursive: true })
}
