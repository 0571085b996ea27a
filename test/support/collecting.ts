import { onTestFinished } from 'vitest'
import { type CollectorOptions, createCollector } from '../../src/collector/create-collector.ts'
import { memory } from '../../src/collector/sinks/memory.ts'
import { plan } from './wire-batches.ts'

/** A request as `http()` makes it. */
export const posting = (body: unknown, init: RequestInit = {}): Request =>
  new Request('http://localhost/collect', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  })

/** A collector that keeps its rows in memory. */
export function collecting(options: Partial<CollectorOptions> = {}) {
  const sink = memory()
  const collector = createCollector({ plan, sink, ...options })
  onTestFinished(() => collector.close())
  return {
    collector,
    sink,
    post: async (body: unknown, init?: RequestInit) => (await collector.fetch(posting(body, init))).status,
  }
}
