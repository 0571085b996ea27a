import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type CollectorIssue, createCollector } from '../../collector/create-collector.ts'
import { toNode } from '../../collector/node/to-node.ts'
import type { EventRow } from '../../collector/rows/row.ts'
import { memory } from '../../collector/sinks/memory.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'

interface ReceivedOptions {
  /** Plans to check events against. */
  readonly plans: readonly AnyPlan[]
  /** Port on 127.0.0.1; 0 takes a free one. */
  readonly port: number
  readonly onIssue: (issue: CollectorIssue) => void
}

/** A collector on 127.0.0.1 that keeps its rows in memory. */
export interface ReceivedServer {
  readonly url: string
  readonly close: () => void
}

/**
 * Starts a collector for tests. Events are posted to any path. `GET /` returns all rows as JSON; `POST /received` with a JSON list
 * of event ids returns the rows of these events. Rejects if the port is taken.
 */
export async function serveReceived({ plans, port, onIssue }: ReceivedOptions): Promise<ReceivedServer> {
  const sink = memory()
  const collect = toNode(createCollector({ plan: plans, sink, origins: () => true, onIssue }))
  const server = createServer(listener(collect, sink.rows))
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function listener(collect: RequestListener, rows: readonly EventRow[]): RequestListener {
  return (request, response) => {
    if (request.url === '/received') answerIds(request, response, rows)
    else if (request.method === 'GET') answerRows(response, rows)
    else collect(request, response)
  }
}

function answerIds(request: IncomingMessage, response: ServerResponse, rows: readonly EventRow[]): void {
  text(request)
    .then((body) => {
      const ids = new Set<unknown>(JSON.parse(body))
      answerRows(
        response,
        rows.filter(({ id, given_id }) => ids.has(id) || ids.has(given_id)),
      )
    })
    .catch(() => response.writeHead(400).end())
}

const answerRows = (response: ServerResponse, rows: readonly EventRow[]) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows))
