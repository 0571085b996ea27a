import { readdirSync, readFileSync } from 'node:fs'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { expect, inject, test } from 'vitest'
import { publicEntries } from '../../scripts/entries.mjs'
import { runNode } from './run-node.ts'

const { package: folder, tarball, apps } = inject('packed')

/** The types of an entry: it is a list of exports. */
function typesIn(declarations: string): string[] {
  const source = readFileSync(`${folder}/${declarations}`, 'utf8')
  const own = [...source.matchAll(/export type \{([^}]*)\}/g)].flatMap(([, names = '']) => names.split(','))
  const others = [...source.matchAll(/export \* from '\.\/(.*)\.js'/g)]
  return [
    ...own.map((name) => name.trim().replace(/.* as /, '')),
    ...others.flatMap(([, entry]) => typesIn(`dist/${entry}.d.ts`)),
  ]
}

test('the public types are the reviewed ones', async () => {
  const { exports } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as {
    readonly exports: Readonly<Record<string, string | { readonly types: string }>>
  }
  const lists = Object.entries(exports).flatMap(([name, entry]) =>
    typeof entry === 'string' ? [] : [`## ${name}\n\n${typesIn(entry.types).sort().join('\n')}\n`],
  )
  await expect(lists.join('\n')).toMatchFileSnapshot('__snapshots__/public-types.md')
})

/** Set-up entries load in their test runner only. */
function namesInSetup(file: string): readonly string[] {
  const code = readFileSync(`${folder}/dist/${file}.js`, 'utf8')
  return [...code.matchAll(/^export \{([^}]*)\}/gm)]
    .flatMap(([, names = '']) => names.split(','))
    .map((name) => name.trim())
}

test('the public names are the reviewed ones', async () => {
  const { sideEffects } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const lists = await Promise.all(
    publicEntries().map(async ({ name, file }) => {
      const names = sideEffects.includes(`./dist/${file}.js`)
        ? namesInSetup(file)
        : await runNode(apps[19], `Object.keys(await import('${name}')).sort()`)
      return `## ${name}\n\n${names.join('\n')}\n`
    }),
  )
  await expect(lists.join('\n')).toMatchFileSnapshot('__snapshots__/public-names.md')
})

test('the tarball holds the build and its papers, and nothing else', () => {
  const inside = readdirSync(folder).sort()
  const papers = ['ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'ERRORS.md', 'LICENSE', 'README.md']
  expect(inside).toEqual([...papers, 'dist', 'docs', 'llms.txt', 'package.json', 'schema'].sort())
  expect(readdirSync(`${folder}/docs`)).toEqual(
    expect.arrayContaining(['overlay.md', 'overlay.png', 'troubleshooting.md']),
  )
})

test('publint has nothing to say', async () => {
  const { messages, pkg } = await publint({ pkgDir: folder, strict: true })
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
})

test('the types resolve by every kind of resolution', async () => {
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)))
  if (!analysis.types) throw new Error('The package has no types.')
  // CommonJS gets ES modules, which Node requires and newer compilers allow: adopting.test.ts compiles and runs it.
  const supported = analysis.problems.filter(
    (problem) => !('resolutionKind' in problem && problem.resolutionKind === 'node16-cjs'),
  )
  expect(supported).toEqual([])
})
