import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { offencesInPage } from '../../../scripts/words/pages.mjs'
import { offencesInSource } from '../../../scripts/words/sources.mjs'
import { offences } from '../../../scripts/words.mjs'

test('no offence is in README, docs, ERRORS or the source', () => {
  expect(offences()).toEqual([])
})

function plant(name: string, ...lines: readonly string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'words-')), name)
  writeFileSync(file, lines.join('\n'))
  return file
}

const shown = ({ line, rule }: { line: number; rule: string }) => `${line}: ${rule}`

test('banned words and long cells are found in a page, and code is left alone', () => {
  const page = plant(
    'page.md',
    ...['# Nobody', '', 'A `visitor` of', 'ours.', '', '```ts', '// somebody', '```', '', '| a |', '| - |'],
    '| one two three four five six seven eight nine ten eleven twelve thirteen |',
  )
  expect(offencesInPage(page).map(shown)).toEqual([
    '1: say none, or no user',
    '3: say our, your',
    '12: a cell of 13 words: at most 12',
  ])
})

test('banned words are found in docstrings and texts, and so are beginnings and props that say nothing', () => {
  const source = plant(
    'source.tsx',
    ...[
      '/** Of one film, `of yours`.',
      ' *',
      ' * @example',
      ' * nobody()',
      ' */',
      "export const nobody = 'nobody'",
    ],
    ...[
      '// somebody',
      "export const text = 'Fix it, or mend it.'",
      'export const view = <p>As it stands</p>',
    ],
    "export const meta = { argTypes: { name: prop('string'), event: prop('string', 'Its name.') } }",
  )
  expect(offencesInSource(source).map(shown)).toEqual([
    '1: a docstring does not begin with "Of"',
    '1: say video',
    '8: say fix',
    '9: say is',
    '10: a prop has a description',
  ])
})
