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
    server: { host: '127.0.0.1', port: 0, headers: { 'Content-Security-Policy': policy } },
    optimizeDeps: {
      entries: [app],
      include: ['virtua', 'zustand', 'zustand/vanilla', '@jridgewell/trace-mapping'],
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
  await vi.waitFor(() => expect(existsSync(join(folder, 'opened'))).toBe(true))
  const [file, openedLine] = readFileSync(join(folder, 'opened'), 'utf8').split(' ')
  expect({ file, line: Number(openedLine) }).toEqual({ file: join(root, app), line })
  expect(refused).toEqual([])
  await page.close()
})
