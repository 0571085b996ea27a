import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../../scripts/entries.mjs'
import { brokenLinks, shippedFiles } from '../../../scripts/links.mjs'
import { userPages } from '../../../scripts/markdown.mjs'

const pages = [...userPages(), 'ERRORS.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'CHANGELOG.md']

test('every link between the pages leads to a file and a heading', () => {
  expect(brokenLinks(root, pages, shippedFiles())).toEqual([])
})

test('a link to a missing file, heading or unpublished file is reported', () => {
  const folder = mkdtempSync(join(tmpdir(), 'links-'))
  mkdirSync(join(folder, 'docs'))
  writeFileSync(
    join(folder, 'README.md'),
    '# One\n\n[a](docs/two.md#here--there) [b](docs/three.md) [c](LICENSE)\n',
  )
  writeFileSync(join(folder, 'LICENSE'), 'MIT')
  writeFileSync(
    join(folder, 'docs/two.md'),
    '# Here & `there`\n\n[d](#elsewhere)\n[e](../README.md#one) <https://example.com>\n',
  )
  expect(brokenLinks(folder, ['README.md', 'docs/two.md'], new Set(['README.md', 'docs/two.md']))).toEqual([
    'README.md:3: docs/three.md: no such file',
    'README.md:3: LICENSE: not in the package',
    'docs/two.md:3: #elsewhere: no such heading',
  ])
})
