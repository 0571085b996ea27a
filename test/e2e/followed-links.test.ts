import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { build } from 'esbuild'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicEntries } from '../../scripts/entries.mjs'
import { collectingServer } from '../support/collecting-server.ts'
import { launch } from '../support/launch.ts'

const require = createRequire(import.meta.url)
const folder = (name: string) => dirname(require.resolve(`${name}/package.json`))
const reactMajors = {
  18: { react: folder('react-18'), 'react-dom': folder('react-dom-18') },
  19: { react: folder('react'), 'react-dom': folder('react-dom') },
}
const ROUNDS = 12
const KINDS = ['link', 'pricing', 'content']

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

async function scriptOf(major: 18 | 19) {
  const { outputFiles } = await build({
    entryPoints: ['test/support/followed-links-page.tsx'],
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    write: false,
    alias: {
      ...reactMajors[major],
      ...Object.fromEntries(publicEntries().map(({ name, source }) => [name, source])),
    },
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  return outputFiles[0]?.text ?? ''
}

test.each([18, 19] as const)(
  'React %i: a link whose child stops the click is reported once if it is followed, also where the page goes at once',
  async (major) => {
    const html =
      '<!doctype html><link rel="icon" href="data:,"><body><script type="module" src="/page.js"></script>'
    await using server = await collectingServer({
      '/': html,
      '/other': '<!doctype html><title>Other</title>',
      '/page.js': await scriptOf(major),
    })
    const page = await browser.newPage()
    for (const kind of KINDS) {
      await page.goto(`${server.url}?0-${kind}-taken`)
      await page.getByText('Go').click()
    }
    const rounds = Array.from({ length: ROUNDS }, (_, round) => `${round}-${KINDS[round % KINDS.length]}`)
    for (const round of rounds) {
      await page.goto(`${server.url}?${round}`)
      await page.getByText('Go').click()
      await page.waitForURL('**/other')
    }
    const followed = () => server.stored().map(({ event }) => String(event.properties['round']))
    await server.until(() => followed().length >= ROUNDS, 30_000)
    expect(followed().sort()).toEqual([...rounds].sort())
    await page.close()
  },
)
