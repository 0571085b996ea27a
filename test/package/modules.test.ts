import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { publicEntries, root } from '../../scripts/entries.mjs'
import { runNode } from './run-node.ts'

const { package: folder, apps } = inject('packed')

const filesIn = (path: string, extension: RegExp) =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => extension.test(name))

const forTheClient = (path: string, extension: RegExp) =>
  filesIn(path, extension)
    .filter((name) => /^(['"])use client\1/.test(readFileSync(join(path, name), 'utf8')))
    .map((name) => name.replace(extension, ''))
    .sort()

test('"use client" stands on exactly the modules that say so in the source', () => {
  const built = forTheClient(join(folder, 'dist'), /\.js$/)
  expect(built).toEqual(forTheClient(join(root, 'src'), /\.tsx?$/))
  expect(built).not.toEqual([])
})

test('entries are export lists', () => {
  for (const { file, source } of publicEntries()) {
    const code = readFileSync(source, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    const rest = code.replaceAll(/export (type )?(\{[^}]*\}|\*( as \w+)?) from '[^']+'/g, '').trim()
    expect(rest, file).toBe('')
  }
})

test('importing a module does nothing, unless package.json says so', async () => {
  // A program acts, and so does the set-up of a test runner.
  const { bin, sideEffects } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly bin: Readonly<Record<string, string>>
    readonly sideEffects: readonly string[]
  }
  const acting = [...Object.values(bin), ...sideEffects].map((path) => join(folder, path))
  const modules = filesIn(join(folder, 'dist'), /\.js$/)
    // The addon imports Storybook, which adds globals of its own.
    .filter((name) => !name.startsWith('storybook'))
    .map((name) => join(folder, 'dist', name))
    .filter((path) => !acting.includes(path))
  const traces = await runNode(
    apps[19],
    `import('./trace-imports.js').then(({ trace }) => trace(${JSON.stringify(modules)}))`,
  )
  expect(traces).toEqual([])
})

test('/core can be imported by a server component', async () => {
  const names = await runNode(apps[19], `Object.keys(await import('react-microconversions/core'))`, [
    '--conditions=react-server',
  ])
  expect(names).toContain('definePlan')
})
