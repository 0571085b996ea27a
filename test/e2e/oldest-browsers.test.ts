import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { publicEntries, root } from '../../scripts/entries.mjs'
import { arrivals, trackerPages } from '../support/open-tracker-pages.ts'

/** As README says it. */
const oldest = ['chrome97', 'edge97', 'firefox104', 'safari15.4']
/** Not for users: the overlay, and what only tests use. */
const forDevelopers = /devtools|testing/

/** Came to one of the three engines after its oldest version: https://developer.mozilla.org/docs/Web/API. */
const newer = [
  'Array.fromAsync',
  ...['toSorted', 'toReversed', 'toSpliced', 'with'].map((name) => `Array.prototype.${name}`),
  'Object.groupBy',
  'Map.groupBy',
  'Promise.withResolvers',
  'Promise.try',
  'RegExp.escape',
  'String.prototype.isWellFormed',
  'String.prototype.toWellFormed',
  ...['union', 'intersection', 'difference', 'isSubsetOf'].map((name) => `Set.prototype.${name}`),
  ...['map', 'filter', 'toArray', 'forEach', 'some'].map((name) => `Iterator.prototype.${name}`),
  'structuredClone',
  'AbortSignal.timeout',
  'AbortSignal.any',
  'URL.canParse',
  'Temporal',
  'scheduler',
  'navigation',
  'Element.prototype.checkVisibility',
  'HTMLElement.prototype.showPopover',
  'navigator.userActivation',
  'CSS.supports',
]

const { open, prepare } = trackerPages()

async function bundle(target: string | readonly string[]): Promise<string> {
  const names = publicEntries()
    .map(({ name }) => name)
    .filter((name) => !forDevelopers.test(name))
  const { outputFiles } = await build({
    stdin: {
      contents: names.map((name, index) => `export * as entry${index} from '${name}'`).join('\n'),
      resolveDir: root,
    },
    alias: Object.fromEntries(publicEntries().map(({ name, source }) => [name, source])),
    bundle: true,
    write: false,
    format: 'esm',
    target: [...target],
    packages: 'external',
    jsx: 'automatic',
    // They know `\p{L}`; esbuild distrusts their tables of characters.
    supported: { 'regexp-unicode-property-escapes': true },
  })
  return outputFiles[0]?.text ?? ''
}

test('the syntax is that of the oldest browsers: a bundle for them has nothing to translate', async () => {
  const bundled = await bundle(oldest)
  expect(bundled.length).toBeGreaterThan(100_000)
  expect(bundled).toBe(await bundle(['esnext']))
})

function removeNewer({ newer }: { readonly newer: readonly string[] }): void {
  for (const path of newer) {
    const names = path.split('.')
    const name = names.pop() ?? ''
    const holder = names.reduce<unknown>(
      (at, each) => (at as Record<string, unknown> | undefined)?.[each],
      globalThis,
    )
    if (holder) Reflect.deleteProperty(Object(holder), name)
  }
}

test('a page without newer functions tracks, counts and delivers', async () => {
  prepare(removeNewer, { newer })
  const page = await open()
  expect(await page.evaluate(() => 'structuredClone' in globalThis || 'toSorted' in Array.prototype)).toBe(
    false,
  )
  const reasons = await page.evaluate(() =>
    ['step_taken', 'demo_booked', 'demo_booked'].map((name) => rmc.track(name as 'step_taken').reason),
  )
  expect(reasons).toEqual(['admitted', 'admitted', 'frequency'])
  expect((await arrivals(page)).map(({ name }) => name)).toEqual(['step_taken', 'demo_booked'])
})
