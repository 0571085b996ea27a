import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { Hono } from 'hono'
import { describe, expect, onTestFinished, test } from 'vitest'
import { toNode } from '../../../src/collector/node/to-node.ts'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import { collecting } from '../../support/collecting.ts'
import { expectTable, TABLE_ROWS, tableOptions } from '../../support/collector-table.ts'

const ADDRESS = 'http://localhost/collect'

function countsOf(rows: readonly EventRow[]) {
  const count = (kind: EventRow['kind']) => rows.filter((row) => row.kind === kind).length
  return { event: count('event'), refused: count('refused') }
}

/** A server on 127.0.0.1 until the test ends; returns its address. */
async function serve(collector: Parameters<typeof toNode>[0]): Promise<string> {
  const server = createServer(toNode(collector))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

describe('the same answers', () => {
  test('to a Request of the platform, as Next, Bun and Deno hand it over', async () => {
    const { collector, sink } = collecting(tableOptions)
    const POST = collector.fetch
    await expectTable((init) => POST(new Request(ADDRESS, init)))
    expect(countsOf(sink.rows)).toEqual(TABLE_ROWS)
  })

  test('on node:http', async () => {
    const { collector, sink } = collecting(tableOptions)
    const url = await serve(collector)
    await expectTable((init) => fetch(url, init))
    expect(countsOf(sink.rows)).toEqual(TABLE_ROWS)
  })

  test('in Hono', async () => {
    const { collector, sink } = collecting(tableOptions)
    const app = new Hono().all('/collect', (context) => collector.fetch(context.req.raw))
    await expectTable(async (init) => app.fetch(new Request(ADDRESS, init)))
    expect(countsOf(sink.rows)).toEqual(TABLE_ROWS)
  })

  test('where there is no Node, and no eval, as in a Worker', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `
          import { createCollector, memory } from './src/collector.ts'
          const sink = memory()
          export const { fetch } = createCollector({ sink, ...options })
          export const rows = sink.rows`,
        resolveDir: resolve('.'),
      },
      bundle: true,
      platform: 'neutral',
      format: 'iife',
      globalName: 'worker',
      write: false,
    })
    const web = {
      Request,
      Response,
      Headers,
      URL,
      TextDecoder,
      TextEncoder,
      ReadableStream,
      crypto,
      AbortSignal,
    }
    const context = createContext(
      { ...web, options: tableOptions },
      { codeGeneration: { strings: false, wasm: false } },
    )
    runInContext(outputFiles[0]!.text, context)
    const { fetch: handle, rows } = runInContext('worker', context)
    await expectTable((init) => handle(new Request(ADDRESS, init)))
    expect(countsOf(rows)).toEqual(TABLE_ROWS)
  })
})

describe('a body without end', () => {
  test('is cut off, without a word about its length', async () => {
    const { collector } = collecting(tableOptions)
    let pulled = 0
    const body = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(10_000))
      },
    })
    const init: RequestInit & { readonly duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
    const { status } = await collector.fetch(new Request(ADDRESS, init))
    expect(status).toBe(413)
    expect(pulled).toBeLessThan(6)
  })

  test('ends the connection on node:http, after the answer', async () => {
    const { collector } = collecting(tableOptions)
    const url = await serve(collector)
    const chunk = new Uint8Array(50_000)
    let sent = 0
    const { status, ended } = await new Promise<{ status?: number | undefined; ended: Promise<void> }>(
      (answered) => {
        const request = httpRequest(url, { method: 'POST' })
        const over = new Promise<void>((done) => request.once('close', done))
        request.on('error', () => {})
        request.once('response', (response) => answered({ status: response.statusCode, ended: over }))
        const more = () => {
          if (sent >= 100_000_000 || request.destroyed) return
          sent += chunk.length
          request.write(chunk, () => setImmediate(more))
        }
        more()
      },
    )
    expect(status).toBe(413)
    await ended
    // What the sockets hold besides is not read by the collector.
    expect(sent).toBeLessThan(30_000_000)
  })

  test('that breaks off is asked for again', async () => {
    const { collector, sink } = collecting()
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) })
    const init: RequestInit & { readonly duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
    expect((await collector.fetch(new Request(ADDRESS, init))).status).toBe(408)
    expect(sink.rows).toEqual([])
  })
})
