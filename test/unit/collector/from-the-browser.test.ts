import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createCollector } from '../../../src/collector/create-collector.ts'
import { ndjson } from '../../../src/collector/node/ndjson.ts'
import { toNode } from '../../../src/collector/node/to-node.ts'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import { http } from '../../../src/destinations/http/http.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { temporaryFolder } from '../../support/start-collector-process.ts'
import { storedRows } from '../../support/stored-rows.ts'
import { openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '3',
  events: {
    tier_chosen: event({
      wireName: 'tier_picked',
      goal: 'demo_booked',
      properties: typed<{ tier: string }>(),
    }),
    demo_booked: event({ macro: true }),
  },
})

test('what http() delivers to a collector on node:http is on its disk', async () => {
  const dir = temporaryFolder()
  let full = true
  const files = ndjson({ dir })
  const collector = createCollector({
    plan,
    sink: {
      ...files,
      append: (rows: readonly EventRow[]) =>
        full ? Promise.reject(new Error('disk full')) : files.append(rows),
    },
  })
  onTestFinished(() => collector.close())
  const server = createServer(toNode(collector))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => server.closeAllConnections())
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo

  const { tracker, platform } = openTracker(plan, {
    destinations: [http({ url: `http://127.0.0.1:${port}/collect` })],
    release: '1.2.3',
  })
  tracker.page({ path: '/pricing', title: 'Half a pair: \ud83d' })
  const decisions = [tracker.track('tier_chosen', { tier: 'pro \ud83d' }), tracker.track('demo_booked')]
  const ids = decisions.map(({ eventId }) => eventId)
  await tracker.flush()
  expect(storedRows(dir).rows).toEqual([])

  full = false
  await expect
    .poll(async () => {
      platform.advance(60_000)
      await tracker.flush()
      return storedRows(dir).rows.map(({ id }) => id)
    })
    .toEqual(ids)
  expect(storedRows(dir).rows).toMatchObject([
    {
      kind: 'event',
      name: 'tier_picked',
      plan: 'acme',
      plan_version: '3',
      page_path: '/pricing',
      release: '1.2.3',
      goal: 'demo_booked',
      outside: '',
      properties: '{"tier":"pro \uFFFD"}',
    },
    { kind: 'event', name: 'demo_booked', valid: true },
  ])
})
