import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { root } from '../../scripts/entries.mjs'
import { launch } from '../support/launch.ts'

const app = 'test/e2e/editor-app/app.tsx'
const nonce = 'editor'
const policy = `default-src 'self'; script-src 'self' 'nonce-${nonce}'; img-src data:; connect-src 'self'`

let folder: string
let server: ViteDevServer
let browser: Browser

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rmc-editor-'))
  const editor = join(folder, 'editor')
  writeFileSync(
    editor,
    `#!${process.execPath}\nrequire('node:fs').writeFileSync(${JSON.stringify(join(folder, 'opened'))}, process.argv.slice(2).join(' '))`,
  )
  chmodSync(editor, 0o755)
  vi.stubEnv('LAUNCH_EDITOR', editor)
  vi.stubEnv('NODE_ENV', 'development')
  server = await createServer({
    root,
    configFile: join(root, 'vite.config.ts'),
    mode: 'development',
    cacheDir: join(folder, 'cache'),
    logLevel: 'error',
    html: { cspNonce: nonce },
    // Files that other tests write would reload the page, and so would a dependency that is found while it is open.
    server: {
      host: '127.0.0.1',
      port: 0,
      headers: { 'Content-Security-Policy': policy },
      watch: null,
    },
    optimizeDeps: {
      noDiscovery: true,
      include: [
        'react',
        'react/jsx-dev-runtime',
        'react-dom',
        'react-dom/client',
        'zustand',
        'zustand/vanilla',
        '@jridgewell/trace-mapping',
      ],
    },
  })
  await server.listen()
  browser = await launch()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true })
  vi.unstubAllEnvs()
})

/** File and line, once the editor has written them. */
function opened(): readonly string[] {
  const file = join(folder, 'opened')
  return existsSync(file) ? readFileSync(file, 'utf8').split(' ') : []
}

const lineOf = (text: string) =>
  readFileSync(join(root, app), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1

test('the development server opens the line that called track, under a strict policy', async () => {
  const page = await browser.newPage()
  const refused: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text())
  })
  await page.goto(`${server.resolvedUrls?.local[0]}test/e2e/editor-app/index.html`)
  await page.getByRole('button', { name: 'Take it' }).click()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))

  await page.getByRole('option', { name: /offer_taken/ }).click()
  const line = lineOf("tracker.track('offer_taken')")
  await page.getByText(`${app}:${line}`).waitFor()
  expect(asked).not.toContain('/__open-in-editor')

  await page.getByRole('button', { name: 'Open in editor' }).click()
  await page.getByText('The server was asked.').waitFor()
  await expect.poll(() => opened().slice(0, 2)).toEqual([join(root, app), String(line)])
  expect(refused).toEqual([])
  await page.close()
})
