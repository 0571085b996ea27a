import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Network } from '../../src/platform/network.ts'
import { launch } from '../support/launch.ts'

interface Arrived {
  readonly path: string
  readonly method: string
  readonly body: string
  readonly headers: IncomingHttpHeaders
}

declare global {
  var network: Network
}

/** A page with `network`, and what it posts. */
async function serveNetworkPage() {
  const bundled = await build({
    stdin: {
      contents: `import { browserNetwork } from './src/platform/network.ts'; globalThis.network = browserNetwork()`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    format: 'iife',
    write: false,
  })
  const page = `<!doctype html><title>Network</title><link rel="icon" href="data:,"><script>${bundled.outputFiles[0]?.text}</script>`
  const arrived: Arrived[] = []
  const held: ServerResponse[] = []
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/'
    if (request.method === 'GET') return response.writeHead(200, { 'content-type': 'text/html' }).end(page)
    let body = ''
    for await (const chunk of request) body += chunk
    arrived.push({ path, method: request.method ?? '', body, headers: request.headers })
    response.setHeader('access-control-allow-origin', '*')
    if (path === '/busy') return response.writeHead(503, { 'retry-after': '7' }).end('later')
    if (path === '/moved') return response.writeHead(302, { location: '/' }).end()
    if (path === '/long') return response.writeHead(202).end(`<p>${'ä'.repeat(50_000)}`)
    if (path === '/silent') return held.push(response)
    if (path === '/slow-body') {
      response.writeHead(202).write('begun')
      return held.push(response)
    }
    return response.writeHead(202).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    arrived,
    /** Ends the answers that have begun. */
    release: () => {
      for (const response of held.splice(0)) response.end()
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

let server: Awaited<ReturnType<typeof serveNetworkPage>>
let elsewhere: typeof server
let browser: Browser
let page: Page
beforeAll(async () => {
  server = await serveNetworkPage()
  elsewhere = await serveNetworkPage()
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
  await elsewhere?.[Symbol.asyncDispose]()
})
beforeEach(async () => {
  server.arrived.length = 0
  elsewhere.arrived.length = 0
  const context = await browser.newContext()
  page = await context.newPage()
  await page.goto(server.url)
  return () => context.close()
})

interface Given {
  readonly url?: string
  readonly body?: string
  readonly keepalive?: boolean
  readonly timeoutMs?: number
  readonly type?: string
}

/** The answer, or why there is none. */
const request = ({ url = '/collect', type = 'application/json', ...given }: Given) =>
  page.evaluate((asked) => network.request(asked).catch((error: Error) => error.name), {
    url,
    body: '{}',
    headers: { 'content-type': type },
    credentials: 'same-origin' as const,
    keepalive: false,
    timeoutMs: 5_000,
    ...given,
  })

test('posts the body, and tells the status and how long to wait', async () => {
  expect(await request({ body: '{"a":"ä"}' })).toEqual({ status: 202, body: '{}' })
  expect(await request({ url: '/busy' })).toEqual({
    status: 503,
    retryAfter: '7',
    body: 'later',
  })
  expect(server.arrived.map(({ path, method, body }) => [path, method, body])).toEqual([
    ['/collect', 'POST', '{"a":"ä"}'],
    ['/busy', 'POST', '{}'],
  ])
  expect(server.arrived[0]?.headers['content-type']).toBe('application/json')
})

test('of a long answer no more than the beginning is told', async () => {
  expect(await request({ url: '/long' })).toEqual({ status: 202, body: `<p>${'ä'.repeat(497)}` })
})

test('across origins, plain text asks for no preflight', async () => {
  const type = 'text/plain;charset=UTF-8'
  expect(await request({ url: `${elsewhere.url}collect`, type })).toEqual({ status: 202, body: '{}' })
  expect(elsewhere.arrived.map(({ method }) => method)).toEqual(['POST'])
})

test('no answer in time is none', async () => {
  expect(await request({ url: '/silent', timeoutMs: 200 })).toBe('AbortError')
  expect(server.arrived).toHaveLength(1)
})

test('a redirect is none: it may make a GET of the POST, and the page behind it would look like success', async () => {
  expect(await request({ url: '/moved' })).toBe('TypeError')
  expect(await request({ url: '/moved', keepalive: true })).toBe('TypeError')
})

test('nobody there is none', async () => {
  expect(await request({ url: 'http://127.0.0.1:1/' })).toBe('TypeError')
})

test('a request can be called back', async () => {
  const answer = page.evaluate(() => {
    const controller = new AbortController()
    const asked = network.request({
      url: '/silent',
      body: '{}',
      headers: {},
      credentials: 'same-origin',
      keepalive: false,
      timeoutMs: 5_000,
      signal: controller.signal,
    })
    controller.abort()
    return asked.then(
      () => 'answered',
      (error: Error) => error.name,
    )
  })
  expect(await answer).toBe('AbortError')
})

test('bytes kept alive count until the body of the answer is read', async () => {
  const first = page.evaluate(() =>
    network.request({
      url: '/slow-body',
      body: 'ä'.repeat(20_000),
      headers: { 'content-type': 'text/plain' },
      credentials: 'same-origin',
      keepalive: true,
      timeoutMs: 10_000,
    }),
  )
  await expect.poll(() => server.arrived.length).toBe(1)
  expect(await page.evaluate(() => network.keptAliveBytes())).toBe(40_000)
  server.release()
  expect(await first).toEqual({ status: 202, body: 'begun' })
  expect(await page.evaluate(() => network.keptAliveBytes())).toBe(0)
  // The browser's own count is free again, too.
  expect(await request({ body: 'x'.repeat(60_000), keepalive: true })).toEqual({ status: 202, body: '{}' })
})

test('what is kept alive, and a beacon, arrive though the page is left', async () => {
  await page.evaluate(() => {
    addEventListener('pagehide', () => {
      const headers = { 'content-type': 'application/json' }
      void network.request({
        url: '/collect',
        body: 'kept',
        headers,
        credentials: 'same-origin',
        keepalive: true,
        timeoutMs: 5_000,
      })
      network.beacon('/beacon', 'beacon', 'application/json')
    })
  })
  await page.goto('about:blank')
  await expect.poll(() => server.arrived.map(({ body }) => body).sort()).toEqual(['beacon', 'kept'])
  expect(server.arrived.map(({ headers }) => headers['content-type'])).toEqual([
    'application/json',
    'application/json',
  ])
})

test('a beacon without room says so', async () => {
  expect(await page.evaluate(() => network.beacon('/beacon', 'x'.repeat(70_000), 'text/plain'))).toBe(false)
})

test('a sandboxed frame has no origin', async () => {
  await page.setContent(`<iframe sandbox="allow-scripts" src="${server.url}"></iframe>`)
  await expect.poll(() => page.frames().length).toBe(2)
  const [, frame] = page.frames()
  await frame?.waitForFunction(() => 'network' in globalThis)
  expect(await frame?.evaluate(() => [network.origin(), location.origin])).toEqual([
    'null',
    new URL(server.url).origin,
  ])
})

test('knows its origin, and when the browser is back online', async () => {
  expect(await page.evaluate(() => network.origin())).toBe(new URL(server.url).origin)
  const heard = page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        network.onOnline(() => resolve(network.online()))
      }),
  )
  await page.context().setOffline(true)
  await expect.poll(() => page.evaluate(() => network.online())).toBe(false)
  await page.context().setOffline(false)
  expect(await heard).toBe(true)
})
