import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const pages = join(import.meta.dirname, 'page')
/** Each event carries one of these in its properties, so that it is found in the body of any format. */
const MARK = /mark-[a-z0-9-]+-\d{6}/g
// `performance.now()` has a step of 5 µs in an isolated context, else of 100 µs.
const isolated = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

/** Serves bundles as pages, takes every POST, and knows which events arrived in which requests. */
export async function startServer() {
  /** @type {Map<string, ReadonlyMap<string, string>>} */
  const apps = new Map()
  /** @type {{ readonly bytes: number, readonly marks: readonly string[] }[]} */
  const requests = []

  const server = createServer(async (request, response) => {
    const [, app = '', name = ''] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/')
    if (request.method === 'POST') {
      requests.push(read(await bodyOf(request), request.headers['content-encoding']))
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('{"code":200,"success":true}')
      return
    }
    const script = apps.get(app)?.get(name) ?? pageFile(name)
    const type = script === undefined ? 'text/html' : 'text/javascript'
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', ...isolated })
    response.end(script ?? html(name))
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    serve: (/** @type {string} */ app, /** @type {ReadonlyMap<string, string>} */ files) =>
      void apps.set(app, files),
    /** The requests that carried events of this run. */
    requestsOf: (/** @type {string} */ run) =>
      requests.filter(({ marks }) => marks.some((mark) => mark.startsWith(`mark-${run}-`))),
    close: () => server.close(),
  }
}

async function bodyOf(/** @type {import('node:http').IncomingMessage} */ request) {
  /** @type {Buffer[]} */
  const parts = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts)
}

function read(/** @type {Buffer} */ body, /** @type {string | undefined} */ encoding) {
  const text = (encoding === 'gzip' ? gunzipSync(body) : body).toString()
  return { bytes: body.length, marks: text.match(MARK) ?? [] }
}

/** @type {(name: string) => string | undefined} */
const pageFile = (name) =>
  name.endsWith('.page.js') ? readFileSync(join(pages, basename(name)), 'utf8') : undefined

const html = (/** @type {string} */ name) =>
  `<!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,">
  <main id="root"></main>${name ? `<script type="module" src="./${name}.page.js"></script>` : ''}</html>`
