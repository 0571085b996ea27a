import { expect, onTestFinished, test } from 'vitest'
import * as z from 'zod'
import { serveReceived } from '../../../src/cli/collect/serve-received.ts'
import type { CollectorIssue } from '../../../src/collector/create-collector.ts'
import { http } from '../../../src/destinations/http/http.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { receivedBy } from '../../../src/testing/playwright/received.ts'
import { cliApp, planModule } from '../../support/cli-app.ts'
import { openTracker } from '../../support/tracking.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    demo_booked: event({ id: ({ order }) => order, properties: z.object({ order: z.string() }) }),
    pricing_clicked: event(),
  },
})

/** What was decided in a tracker whose events a collector received. */
async function collected() {
  const issues: CollectorIssue[] = []
  const server = await serveReceived({ plans: [plan], port: 0, onIssue: (issue) => issues.push(issue) })
  onTestFinished(server.close)
  const { tracker } = openTracker(plan, { destinations: [http({ url: server.url })] })
  tracker.track('pricing_clicked')
  tracker.track('demo_booked', { order: 'order-17' })
  tracker.track('demo_booked', { order: 17 as unknown as string })
  await tracker.flush()
  return { url: server.url, issues, decisions: tracker.record.get().decisions }
}

test('it tells what it received of some events, by their ids, and checks them against the plan', async () => {
  const { url, issues, decisions } = await collected()
  const [first, second] = decisions
  expect(await receivedBy(url, decisions.slice(0, 1))).toMatchObject([{ id: first?.eventId }])
  expect(await receivedBy(url, decisions.slice(1, 2))).toMatchObject([
    { given_id: second?.eventId, valid: true },
  ])
  expect(await receivedBy(url, [])).toEqual([])
  const all = await fetch(url)
  expect(await all.json()).toHaveLength(3)
  expect(issues).toContainEqual({ kind: 'invalid', name: 'demo_booked', path: 'properties.order' })
})

test('a test without its collector fails with the reason', async () => {
  await expect(receivedBy(undefined, [])).rejects.toThrow(/RMC680.+npx microconversions collect/)
  const closed = await serveReceived({ plans: [], port: 0, onIssue() {} })
  closed.close()
  await expect(receivedBy(closed.url, [])).rejects.toThrow(/RMC681.+fetch failed/)
})

test('a port that is taken is one sentence', async () => {
  const server = await serveReceived({ plans: [], port: 0, onIssue() {} })
  onTestFinished(server.close)
  const { port } = new URL(server.url)
  const app = cliApp({ 'src/plan.ts': planModule('demo_booked: event({ macro: true })') })
  const { code, err } = await app.run('collect', '--memory', '--port', port)
  expect(err).toMatch(`microconversions: the collector cannot listen on port ${port}: `)
  expect(code).toBe(2)
})
