import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCollector } from '../../src/collector/create-collector.ts'
import { memory } from '../../src/collector/sinks/memory.ts'
import type { Sink } from '../../src/collector/sinks/sink.ts'
import { wireSchema } from './wire-schema.ts'

/**
 * `stores` · `refuses` the connection · `cuts before` or `after` it has read and stored · `stalls` without an answer ·
 * `slow`: stores and answers after a while · `disk full`: the collector cannot store · a status, of which only 2xx stores.
 */
export type Conduct =
  | 'stores'
  | 'refuses'
  | 'cuts before'
  | 'cuts after'
  | 'stalls'
  | 'slow'
  | 'disk full'
  | { readonly status: number; readonly retryAfter?: string | undefined }

export interface Arrived {
  readonly id: string
  readonly name: string
  /** Epoch ms, by the page's clock. */
  readonly time: number
  readonly properties: Readonly<Record<string, unknown>>
}

export interface BatchSeen {
  readonly events: readonly Arrived[]
  readonly contentType: string
  readonly crossOrigin: boolean
}

type Conducting = Conduct | ((batch: BatchSeen) => Conduct)

const SLOW_MS = 300
const LARGEST_BODY = 1_000_000

/**
 * A server of events on 127.0.0.1 at a free port, until disposed: `POST /collect` takes batches, from any origin, gives them to
 * the library's collector with the sink, and behaves as it is told by `conduct` or by `PUT /conduct`; `files` are served by path.
 */
export async function collectingServer(files: Readonly<Record<string, string>> = {}, sink: Sink = memory()) {
  const violationsOf = wireSchema()
  let conduct: Conducting = 'stores'
  const begun: string[] = []
  const copies = new Map<string, { readonly event: Arrived; copies: number }>()
  const batches: BatchSeen[] = []
  const violations: string[] = []
  const waiting = new Set<() => void>()
  /** Ids of the rows that the collector has stored. */
  const rows = new Set<string>()
  const collector = createCollector({
    // A script drives these pages, and reports leave bots out.
    enrich: (row) => ({ ...row, bot: false }),
    sink: {
      ...sink,
      async append(added) {
        if (conduct === 'disk full') throw new Error('No space left on device')
        await sink.append(added)
        for (const { given_id, id } of added) rows.add(given_id ?? id)
      },
    },
  })

  /** Stores a body as the collector does, and returns its answer. */
  async function store(body: string, batch: BatchSeen): Promise<Response> {
    const answer = await collector.fetch(new Request('http://localhost/collect', { method: 'POST', body }))
    for (const event of batch.events) {
      if (!rows.has(event.id)) continue
      const known = copies.get(event.id)
      if (known) known.copies++
      else copies.set(event.id, { event, copies: 1 })
    }
    for (const wake of waiting) wake()
    return answer
  }

  async function collect(request: IncomingMessage, response: ServerResponse): Promise<void> {
    begun.push(new URL(request.url ?? '', 'http://localhost').search)
    const early = typeof conduct === 'function' ? undefined : conduct
    if (early === 'refuses' || early === 'cuts before') return void request.socket.destroy()
    const body = await bodyOf(request)
    if (body === undefined) return
    const batch = read(body, request)
    if (!batch) return void response.writeHead(400, headersFor(request)).end()
    batches.push(batch)
    const now = typeof conduct === 'function' ? conduct(batch) : conduct
    if (now === 'stalls') return
    if (now === 'refuses' || now === 'cuts before') return void request.socket.destroy()
    const told = typeof now === 'object' ? now.status : 204
    const answer = told < 300 ? await store(body, batch) : undefined
    const status = answer?.ok === false ? answer.status : told
    if (now === 'cuts after') return void request.socket.destroy()
    if (now === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
    const retryAfter = typeof now === 'object' ? now.retryAfter : answer?.headers.get('retry-after')
    response
      .writeHead(status, {
        ...headersFor(request),
        ...(typeof retryAfter === 'string' && { 'retry-after': retryAfter }),
      })
      .end()
  }

  function read(body: string, request: IncomingMessage): BatchSeen | undefined {
    try {
      const parsed = JSON.parse(body)
      const found = violationsOf(parsed)
      violations.push(...found)
      if (found.length > 0) return undefined
      const origin = request.headers.origin
      return {
        events: parsed.events,
        contentType: request.headers['content-type'] ?? '',
        crossOrigin: origin !== undefined && origin !== `http://${request.headers.host}`,
      }
    } catch {
      violations.push('not JSON')
      return undefined
    }
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = files[pathname]
    if (pathname === '/collect' && request.method === 'POST')
      collect(request, response).catch(() => response.destroy())
    else if (pathname === '/collect' && request.method === 'OPTIONS')
      response
        .writeHead(204, {
          ...headersFor(request),
          'access-control-allow-headers': 'content-type,authorization',
        })
        .end()
    else if (pathname === '/conduct' && request.method === 'PUT')
      void bodyOf(request).then((body) => {
        conduct = JSON.parse(body ?? '"stores"')
        response.writeHead(204).end()
      })
    else if (file === undefined) response.writeHead(404).end()
    else
      response
        .writeHead(200, {
          'content-type': pathname.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8',
        })
        .end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}/`,
    /** The same server as another origin sees it. */
    elsewhere: `http://localhost:${port}/collect`,
    conduct: (next: Conducting) => {
      conduct = next
    },
    /** Requests begun at `/collect`, stored or not. */
    requests: () => begun.length,
    /** The query of each of them, oldest first. */
    queries: (): readonly string[] => begun,
    /** Each event once, oldest first, with the number of its stored copies. */
    stored: () => [...copies.values()],
    /** Everything that was read, stored or not, oldest first. */
    batches: (): readonly BatchSeen[] => batches,
    /** What did not conform to the schema; such a batch is answered with 400. */
    violations: (): readonly string[] => violations,
    /** Resolves to whether `enough` became true in time; it is asked whenever something was stored. */
    async until(enough: () => boolean, patienceMs: number): Promise<boolean> {
      if (enough()) return true
      return new Promise((resolve) => {
        const end = (answer: boolean) => {
          clearTimeout(timer)
          waiting.delete(wake)
          resolve(answer)
        }
        const wake = () => enough() && end(true)
        const timer = setTimeout(() => end(enough()), patienceMs)
        waiting.add(wake)
      })
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await collector.close()
    },
  }
}

export type CollectingServer = Awaited<ReturnType<typeof collectingServer>>

function headersFor(request: IncomingMessage) {
  const { origin } = request.headers
  return origin
    ? {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'retry-after',
      }
    : {}
}

/** Undefined if the other side went away first, or sends too much. */
function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      body += chunk
      if (body.length > LARGEST_BODY) request.destroy()
    })
    request.on('end', () => resolve(body))
    request.on('close', () => resolve(request.complete ? body : undefined))
    request.on('error', () => resolve(undefined))
  })
}
