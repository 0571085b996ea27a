import { createServer } from 'node:http'
import { join } from 'node:path'
import { build } from 'esbuild'
import { chromium } from 'playwright'
import { browserArgs, ensureBrowser } from '../browser.mjs'

/** Serves `page.js`, bundled for production from the sources, and launches a browser for it. */
export async function openBench() {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'page.js')],
    define: { 'process.env.NODE_ENV': '"production"' },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  })
  const script = outputFiles[0]?.text ?? ''
  const server = createServer((request, response) => {
    const isScript = request.url === '/bench.js'
    // Isolated, a page has a clock of 5 µs instead of 100.
    response.setHeader('cross-origin-opener-policy', 'same-origin')
    response.setHeader('cross-origin-embedder-policy', 'require-corp')
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(
      isScript
        ? script
        : '<!doctype html><title>Bench</title><script type="module" src="/bench.js"></script>',
    )
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: browserArgs })
  return {
    async openPage() {
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${port}/`)
      await page.waitForFunction('globalThis.calls')
      return page
    },
    async close() {
      await browser.close()
      server.close()
    },
  }
}

/** @typedef {Awaited<ReturnType<typeof openBench>>} Bench */
