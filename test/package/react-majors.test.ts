import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launch } from '../support/launch.ts'

const { apps } = inject('packed')

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

function renderOnServer(app: string, mode: string) {
  const options = { cwd: app, env: { ...process.env, NODE_ENV: mode }, encoding: 'utf8' } as const
  return JSON.parse(execFileSync(process.execPath, ['server.js'], options))
}

async function bundle(app: string, mode: string) {
  const { outputFiles } = await build({
    entryPoints: [join(app, 'client.js')],
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    bundle: true,
    format: 'esm',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/** Serves one page and its script on a loopback port. */
async function serve(page: string, script: string) {
  const server = createServer(({ url }, response) => {
    const isScript = url === '/client.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : page)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

describe.each([18, 19] as const)('React %i, from the packed tarball', (major) => {
  test.each(['development', 'production'])(
    'renders on the server, hydrates, and reports once (%s)',
    async (mode) => {
      const rendered = renderOnServer(apps[major], mode)
      expect(rendered).toMatchObject({ version: expect.stringMatching(`^${major}\\.`), received: [] })
      expect(rendered.html).toMatch(/^<a [^>]*href="#pricing"[^>]*>See pricing<\/a>$/)

      const icon = '<link rel="icon" href="data:,">'
      const html = `<!doctype html>${icon}<div id="root">${rendered.html}</div><script type="module" src="/client.js"></script>`
      const { url, close } = await serve(html, await bundle(apps[major], mode))
      const page = await browser.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))

      await page.goto(url)
      await page.waitForFunction('globalThis.app')
      await page.getByRole('link').click()
      await page.getByRole('link').click()
      await page.waitForFunction('app.received.length > 0')
      expect(await page.evaluate('app.version')).toMatch(new RegExp(`^${major}\\.`))
      expect(await page.evaluate('app.received.map(({ name }) => name)')).toEqual(['pricing_clicked'])
      expect(complaints).toEqual([])

      await page.close()
      close()
    },
  )
})
