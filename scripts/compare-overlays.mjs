import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { basename, join, relative } from 'node:path'
import { stdout } from 'node:process'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { chromium } from 'playwright'
import { browserArgs, ensureBrowser } from './browser.mjs'
import { chunksOf } from './chunks.mjs'
import { ensureBuilt } from './dist.mjs'
import { root } from './entries.mjs'

// The others are installed beside, when this first runs.
const cache = join(root, 'node_modules/.cache/overlays')
const wanted = [
  'react@19',
  'react-dom@19',
  '@tanstack/react-query@5',
  '@tanstack/react-query-devtools@5',
  '@tanstack/react-devtools@0.10',
  'jotai@2',
  'jotai-devtools@0.14',
]
const ENTRIES = 10_000
const BURST = 100

/**
 * `part` is what a developer adds to an app; `app` renders it open, and sets `add(count)` where there is something to list.
 * `rows` counts what stands for an entry in the document.
 * @type {{ name: string, module: string, from: string, part: string, app: string, rows?: string }[]}
 */
const overlays = [
  {
    name: 'this',
    module: 'react-microconversions',
    from: root,
    part: `export { MicroconversionDevtools } from 'react-microconversions/devtools'`,
    app: `
      import { createTracker, definePlan, event } from 'react-microconversions/core'
      import { MicroconversionDevtools } from 'react-microconversions/devtools'
      const plan = definePlan({ name: 'compare', version: '1', events: { step_taken: event({}), step_seen: event({}) } })
      const tracker = createTracker({ plan, consent: 'granted' })
      globalThis.add = (count) => { for (let i = 0; i < count; i++) tracker.track(i % 2 ? 'step_taken' : 'step_seen') } // equal neighbours would share a row
      render(h(MicroconversionDevtools, { tracker, defaultOpen: true }))`,
    rows: '[role=option]',
  },
  {
    name: 'React Query Devtools',
    module: '@tanstack/react-query-devtools',
    from: cache,
    part: `export { ReactQueryDevtools } from '@tanstack/react-query-devtools'`,
    app: `
      import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
      import { ReactQueryDevtools } from '@tanstack/react-query-devtools'
      const client = new QueryClient()
      let made = 0
      globalThis.add = (count) => { for (let i = 0; i < count; i++) client.setQueryData(['entry', made++], 1) }
      render(h(QueryClientProvider, { client }, h(ReactQueryDevtools, { initialIsOpen: true })))`,
    rows: '.tsqd-query-row',
  },
  {
    name: 'TanStack Devtools (shell)',
    module: '@tanstack/react-devtools',
    from: cache,
    part: `export { TanStackDevtools } from '@tanstack/react-devtools'`,
    app: `
      import { TanStackDevtools } from '@tanstack/react-devtools'
      render(h(TanStackDevtools, { config: { defaultOpen: true }, plugins: [{ name: 'Empty', render: h('p', null, 'Empty') }] }))`,
  },
  {
    name: 'Jotai DevTools',
    module: 'jotai-devtools',
    from: cache,
    part: `import 'jotai-devtools/styles.css'\nexport { DevTools } from 'jotai-devtools'`,
    app: `
      import 'jotai-devtools/styles.css'
      import { DevTools } from 'jotai-devtools'
      render(h(DevTools, { isInitialOpen: true }))`,
  },
]

const shared = ['@tanstack/react-query', '@tanstack/query-core', 'jotai']

/** Minified and split: each chunk by its name. A chunk that nothing leads to any more is left out. */
async function bundle(
  /** @type {string} */ contents,
  /** @type {string} */ resolveDir,
  /** @type {string} */ mode,
  /** @type {string[]} */ external,
) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir },
    external,
    tsconfigRaw: {},
    define: { 'process.env.NODE_ENV': JSON.stringify(mode), 'import.meta.env.MODE': JSON.stringify(mode) },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: 'out',
    entryNames: 'app',
    write: false,
    metafile: true,
    logLevel: 'error',
  })
  const led = chunksOf(metafile.outputs)
  return new Map(
    outputFiles
      .filter(({ path }) => path.endsWith('.css') || led.has(relative('', path)))
      .map(({ path, contents: bytes }) => [basename(path), Buffer.from(bytes)]),
  )
}

const gzip = (/** @type {Map<string, Buffer>} */ files) =>
  [...files.values()].reduce((sum, bytes) => sum + (bytes.length ? gzipSync(bytes).length : 0), 0)

/** Serves one app under a policy, and opens it. */
async function open(
  /** @type {import('playwright').Browser} */ browser,
  /** @type {Map<string, Buffer>} */ files,
  policy = '',
) {
  const html = `<!doctype html><html lang="en"><head><title>App</title><link rel="icon" href="data:,">
    ${files.has('app.css') ? '<link rel="stylesheet" href="/app.css">' : ''}<script type="module" src="/app.js"></script>
    </head><body><main><h1>App</h1><div id="root"></div></main></body></html>`
  const server = createServer((request, response) => {
    const name = basename(request.url ?? '/')
    const bytes = files.get(name)
    const type = name.endsWith('.css') ? 'text/css' : bytes ? 'text/javascript' : 'text/html'
    response.writeHead(200, { 'content-type': type, ...(policy && { 'content-security-policy': policy }) })
    response.end(bytes ?? html)
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)))
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  /** @type {string[]} */
  const errors = []
  page.on('pageerror', ({ message }) => errors.push(message))
  await page.addInitScript(() => {
    Object.assign(globalThis, { violations: 0 })
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      // The icon of the page itself.
      if (effectiveDirective !== 'img-src' || blockedURI !== 'data')
        Reflect.set(globalThis, 'violations', Reflect.get(globalThis, 'violations') + 1)
    })
  })
  await page.goto(`http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`)
  await page.waitForTimeout(1_500)
  const close = async () => {
    await page.close()
    server.close()
  }
  return { page, errors, close }
}

const axeSource = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

async function measure(
  /** @type {import('playwright').Browser} */ browser,
  /** @type {(typeof overlays)[number]} */ { part, app, from, rows },
) {
  const outside = ['react', 'react-dom', ...shared]
  const development = gzip(await bundle(part, from, 'development', outside))
  const production = gzip(await bundle(part, from, 'production', outside))
  const files = await bundle(
    `import { createElement as h } from 'react'
     import { createRoot } from 'react-dom/client'
     const render = (element) => createRoot(document.getElementById('root')).render(element)\n${app}`,
    from,
    'development',
    [],
  )

  const plain = await open(browser, files)
  await plain.page.evaluate(axeSource)
  const broken = await plain.page.evaluate(async () => {
    const { violations } = await Reflect.get(globalThis, 'axe').run(document)
    return {
      rules: violations.length,
      nodes: violations.flatMap((/** @type {{ nodes: unknown[] }} */ { nodes }) => nodes).length,
    }
  })
  let listed = '–'
  let cost = '–'
  if (rows) {
    const add = (/** @type {number} */ count) =>
      plain.page.evaluate((n) => Reflect.get(globalThis, 'add')(n), count)
    const session = await plain.page.context().newCDPSession(plain.page)
    await session.send('Performance.enable')
    const busyMs = async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
    }
    const busyFor = async (/** @type {() => Promise<unknown>} */ run) => {
      const before = await busyMs()
      await run()
      await plain.page.waitForTimeout(1_000)
      return (await busyMs()) - before
    }
    const idle = await busyFor(async () => {})
    const busy = await busyFor(() => add(BURST))
    cost = `${Math.max(0, busy - idle).toFixed(0)} ms`
    await add(ENTRIES - BURST)
    await plain.page.waitForTimeout(3_000)
    listed = String(await plain.page.locator(rows).count())
  }
  await plain.close()

  const count = async (/** @type {string} */ policy) => {
    const strict = await open(browser, files, policy)
    const found = await strict.page.evaluate(() => Reflect.get(globalThis, 'violations'))
    await strict.close()
    return `${found}${strict.errors.length ? ', throws' : ''}`
  }
  const csp = await count(`default-src 'self'`)
  const trusted = await count(`default-src 'self'; require-trusted-types-for 'script'`)
  const kB = (/** @type {number} */ bytes) => `${(bytes / 1_000).toFixed(1)} kB`
  return [kB(development), kB(production), `${broken.rules} (${broken.nodes})`, csp, trusted, listed, cost]
}

ensureBuilt()
mkdirSync(cache, { recursive: true })
if (!existsSync(join(cache, 'node_modules/jotai-devtools'))) {
  const install = ['install', '--no-audit', '--no-fund', '--no-save', '--prefix', cache, ...wanted]
  const { status, stderr } = spawnSync('npm', install, { cwd: cache, encoding: 'utf8', timeout: 180_000 })
  if (status !== 0) stdout.write(`The others could not be installed: their rows are missing.\n${stderr}\n`)
}
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: browserArgs })
stdout.write(
  `| overlay | dev chunks, gzip | left in production, gzip | axe rules (nodes) | CSP violations | with Trusted Types | rows at ${ENTRIES.toLocaleString('en')} | ${BURST} entries |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n`,
)
for (const overlay of overlays) {
  const file =
    overlay.from === root
      ? join(root, 'package.json')
      : join(cache, 'node_modules', overlay.module, 'package.json')
  if (!existsSync(file)) {
    stdout.write(`| ${overlay.name} | not installed |\n`)
    continue
  }
  const { version } = JSON.parse(readFileSync(file, 'utf8'))
  const cells = await measure(browser, overlay)
  stdout.write(`| ${overlay.name} ${version} | ${cells.join(' | ')} |\n`)
}
await browser.close()
