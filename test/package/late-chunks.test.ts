import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import commonjs from '@rollup/plugin-commonjs'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import replace from '@rollup/plugin-replace'
import { build } from 'esbuild'
import type { Browser } from 'playwright'
import { rollup } from 'rollup'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launch } from '../support/launch.ts'

const folder = inject('packed').apps[19]
const entry = join(folder, 'late-chunks.js')
const define = { 'process.env.NODE_ENV': '"development"' }

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

/** Files by name; the entry is `late-chunks.js`. */
type Files = ReadonlyMap<string, string>

async function withEsbuild(format: 'esm' | 'iife', splitting: boolean): Promise<Files> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    outdir: 'out',
    define,
    bundle: true,
    splitting,
    format,
    write: false,
  })
  return new Map(outputFiles.map(({ path, text }) => [basename(path), text]))
}

async function withRollup(): Promise<Files> {
  const bundle = await rollup({
    input: entry,
    plugins: [nodeResolve(), replace({ values: define, preventAssignment: true }), commonjs()],
    onLog: () => {},
  })
  const { output } = await bundle.generate({ format: 'iife', inlineDynamicImports: true })
  await bundle.close()
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code]] : [])))
}

const html = `<!doctype html><link rel="icon" href="data:,"><script type="module" src="/late-chunks.js"></script>`

const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:"

/** Serves one page and its scripts under a strict policy, and collects. `hangs`: files that are never answered. */
async function serve(files: Files, hangs: (name: string) => boolean = () => false) {
  const collected: string[] = []
  const server = createServer(async (request, response) => {
    const { url = '/' } = request
    if (hangs(basename(url))) return
    if (url === '/collect') collected.push(await text(request))
    const script = files.get(basename(url))
    response.setHeader('content-security-policy', policy)
    response.setHeader('content-type', script || url !== '/' ? 'text/javascript' : 'text/html')
    if (url !== '/' && url !== '/collect' && script === undefined) response.statusCode = 404
    response.end(script ?? html)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${port}/`, collected, [Symbol.dispose]: close }
}

async function open(url: string) {
  const context = await browser.newContext()
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
}

describe.each([
  ['chunks of esbuild', () => withEsbuild('esm', true)],
  ['one module of esbuild', () => withEsbuild('esm', false)],
  ['one script of esbuild', () => withEsbuild('iife', false)],
  ['one script of Rollup', withRollup],
])('%s', (_, bundle) => {
  test('open storage, and once per session holds over a reload', async () => {
    using server = await serve(await bundle())
    await using opened = await open(server.url)
    const { page, complaints } = opened
    await page.waitForFunction(() => app.tracker.record.get().storage === 'persistent')
    expect(await page.evaluate(() => app.track())).toBe('fired')
    await page.waitForFunction(() => app.sent.length === 1)
    await page.reload()
    await page.waitForFunction(() => app.tracker.record.get().storage === 'persistent')
    expect(await page.evaluate(() => app.track())).toBe('dropped')
    expect(complaints).toEqual([])
  })
})

test.each([['late-part'], ['indexed-db'], ['late-part', 'indexed-db']])(
  'where %s does not load, events leave from memory, and development warns once',
  async (...missing) => {
    const all = await withEsbuild('esm', true)
    const arrives = (name: string) => !missing.some((part) => name.startsWith(part))
    const files = new Map([...all].filter(([name]) => arrives(name)))
    expect(all.size - files.size).toBe(missing.length)

    using server = await serve(files)
    await using opened = await open(server.url)
    const { page, complaints } = opened
    const warnings = () => complaints.filter((text) => text.startsWith('[RMC126]'))
    expect(await page.evaluate(() => app.track())).toBe('fired')
    await page.waitForFunction(() => app.sent.length === 1)
    expect(await page.evaluate(() => app.track())).toBe('dropped')
    await expect.poll(warnings).toHaveLength(1)
    expect(await page.evaluate(() => app.tracker.flush().then(() => app.tracker.record.get().storage))).toBe(
      'memory',
    )
    expect(warnings()).toHaveLength(1)
  },
)

test('a page that is left before they arrive sends what it has tracked', async () => {
  const files = await withEsbuild('esm', true)
  using server = await serve(files, (name) => /^(?:late-part|indexed-db)/.test(name))
  await using opened = await open(server.url)
  const { page } = opened
  expect(await page.evaluate(() => app.track())).toBe('fired')
  await page.goto('about:blank')
  await expect.poll(() => server.collected).toEqual([expect.stringContaining('pricing_clicked')])
})

/** Made by the fixture. */
declare const app: {
  readonly sent: readonly unknown[]
  readonly track: () => string
  readonly tracker: {
    readonly flush: () => Promise<void>
    readonly record: { readonly get: () => { readonly storage: string } }
  }
}
