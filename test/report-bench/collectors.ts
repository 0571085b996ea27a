import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCollector } from '../../src/collector/create-collector.ts'
import { ndjson } from '../../src/collector/node/ndjson.ts'
import { toNode } from '../../src/collector/node/to-node.ts'
import type { EventRow } from '../../src/collector/rows/row.ts'
import { connect } from '../../src/report/store/file-store.ts'
import { fullContext, fullEvent, plan, uuidAt } from '../support/wire-batches.ts'
import type { Ratio } from './reports.ts'

const CLIENTS = 32
const REQUESTS = 4_000
const EVENTS = 5

let next = 0
const batch = () => ({
  schema: 'react-microconversions/batch/2',
  requestId: uuidAt(next++),
  sentAt: Date.now(),
  contexts: [fullContext],
  pages: [{ path: '/', number: 1 }],
  events: Array.from({ length: EVENTS }, () => ({ ...fullEvent(Date.now()), id: uuidAt(next++) })),
})

/** Compares collectors with the least that a server can do, and files with DuckDB. */
export async function collectorRatios(): Promise<readonly Ratio[]> {
  const dir = mkdtempSync(join(tmpdir(), 'rmc-bench-'))
  try {
    const floor = await requestsPerSecond((incoming, answer) => {
      let text = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (part) => {
        text += part
      })
      incoming.on('end', () => {
        JSON.parse(text)
        answer.writeHead(204).end()
      })
    })
    const collector = createCollector({ plan, sink: ndjson({ dir }) })
    const collected = await requestsPerSecond(toNode(collector))
    await collector.close()
    return [
      {
        what: 'collector with fsync ÷ a server that parses and answers',
        ratio: collected / floor,
        target: 0.3,
        most: false,
      },
      {
        what: 'NDJSON with fsync ÷ DuckDB appender, 5 events a request',
        ratio: await filesOverDuckDb(dir),
        target: 5,
        most: false,
      },
    ]
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function requestsPerSecond(listener: RequestListener): Promise<number> {
  // On a busy machine a connection may idle for seconds, after which the server would end it under a request.
  const server = createServer({ keepAliveTimeout: 0 }, listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  const send = (body: string) =>
    new Promise<void>((done, fail) => {
      const outgoing = request({ port, agent, method: 'POST', host: '127.0.0.1' }, (answer) => {
        answer.resume()
        answer.on('end', () =>
          answer.statusCode === 204 ? done() : fail(new Error(`Status ${answer.statusCode}`)),
        )
      })
      outgoing.on('error', fail)
      outgoing.end(body)
    })
  const bodies = Array.from({ length: REQUESTS }, () => JSON.stringify(batch()))
  const start = performance.now()
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      for (let body = bodies.pop(); body; body = bodies.pop()) await send(body)
    }),
  )
  const seconds = (performance.now() - start) / 1_000
  agent.destroy()
  server.close()
  return REQUESTS / seconds
}

const DIRECT = 400

/** One request after the other, so that no two share a commit. */
async function filesOverDuckDb(dir: string): Promise<number> {
  const row = { id: uuidAt(1), name: 'a', time: 1, properties: '{}' } as unknown as EventRow
  const rows = Array.from({ length: EVENTS }, () => row)
  const sink = ndjson({ dir })
  const files = await perSecond(() => sink.append(rows))
  await sink.close?.()
  const { connection, close } = await connect()
  await connection.run(`attach '${join(dir, 'bench.duckdb')}' as disk`)
  await connection.run('create table disk.events (id uuid, name varchar, time bigint, properties varchar)')
  const database = await perSecond(async () => {
    const appender = await connection.createAppender('events', 'main', 'disk')
    for (const { name, time, properties } of rows) {
      appender.appendDefault()
      appender.appendVarchar(name)
      appender.appendBigInt(BigInt(time))
      appender.appendVarchar(properties ?? '')
      appender.endRow()
    }
    appender.closeSync()
  })
  await close()
  return files / database
}

async function perSecond(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  for (let index = 0; index < DIRECT; index++) await act()
  return DIRECT / (performance.now() - start)
}
