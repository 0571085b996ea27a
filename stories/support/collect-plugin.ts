import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

type Row = Readonly<Record<string, unknown>>

/** Answer of the collector: 204 · 503, try again · 204, after three seconds · 400, never try again. */
export type CollectorMode = 'ok' | 'fail' | 'slow' | 'reject'

const LISTED = 200
const LARGEST_FILE = 1_000_000
const LARGEST_BODY = 1_000_000
const SLOW_MS = 3_000
const statuses: Readonly<Record<CollectorMode, number>> = { ok: 204, slow: 204, fail: 503, reject: 400 }

/**
 * A small collector in the dev server of Storybook. `POST /collect` adds the events of a batch to an NDJSON file in
 * `node_modules/.cache`; `GET /collect` lists the last 200 of them; `POST /collect/mode` with `{ "mode": "fail" }` says
 * what it answers from then on. It takes JSON only, which no other origin can post unasked.
 */
export function collectPlugin(): Plugin {
  let mode: CollectorMode = 'ok'
  let file = ''

  async function collect(request: IncomingMessage): Promise<number> {
    const body = await bodyOf(request)
    if (body === undefined) return 413
    if (mode === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
    const status = statuses[mode]
    if (status < 300) store(withContext(JSON.parse(body)))
    return status
  }

  /** Events with their contexts and pages, which a batch holds once each. */
  function withContext({ contexts, pages, events }: Record<string, readonly Row[]>): readonly Row[] {
    return (events ?? []).map((event) => ({
      ...event,
      context: contexts?.[Number(event['context'] ?? 0)],
      page: pages?.[Number(event['page'] ?? 0)],
    }))
  }

  function store(events: readonly unknown[]): void {
    mkdirSync(dirname(file), { recursive: true })
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_FILE)
      writeFileSync(file, linesOf(lines()))
    appendFileSync(file, linesOf(events.map((event) => JSON.stringify(event))))
  }

  /** The last ones, oldest first. */
  function lines(): readonly string[] {
    if (!statSync(file, { throwIfNoEntry: false })) return []
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).slice(-LISTED)
  }

  async function changeMode(request: IncomingMessage): Promise<number> {
    const wanted: unknown = JSON.parse((await bodyOf(request)) ?? 'null')?.mode
    if (typeof wanted !== 'string' || !(wanted in statuses)) return 400
    mode = wanted as CollectorMode
    return 204
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const end = (status: number) => void response.writeHead(status).end()
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(`[${lines().join(',\n')}]`)
    } else if (request.method !== 'POST') end(405)
    else if (!request.headers['content-type']?.startsWith('application/json')) end(415)
    else {
      const work = request.url?.startsWith('/mode') ? changeMode : collect
      work(request).then(end, () => end(400))
    }
  }

  return {
    name: 'collect',
    configureServer(server) {
      file = join(server.config.root, 'node_modules/.cache/react-microconversions/collected.ndjson')
      server.middlewares.use('/collect', answer)
    },
  }
}

const linesOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')

/** Undefined: too long, or broken off. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  request.setEncoding('utf8')
  let body = ''
  for await (const chunk of request) {
    body += chunk
    if (body.length > LARGEST_BODY) return undefined
  }
  return body
}
