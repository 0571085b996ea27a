import { readdirSync, readFileSync } from 'node:fs'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { expect, inject, test } from 'vitest'
import { publicEntries } from '../../scripts/entries.mjs'
import { runNode } from './run-node.ts'

const { package: folder, tarball, apps } = inject('packed')

test('the public names are the reviewed ones', async () => {
  const lists = await Promise.all(
    publicEntries().map(async ({ name }) => {
      const names = await runNode(apps[19], `Object.keys(await import('${name}')).sort()`)
      return `## ${name}\n\n${names.join('\n')}\n`
    }),
  )
  await expect(lists.join('\n')).toMatchFileSnapshot('__snapshots__/public-names.md')
})

test('the tarball holds the build and its papers, and nothing else', () => {
  const inside = readdirSync(folder).sort()
  expect(inside).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json', 'schema'])
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
