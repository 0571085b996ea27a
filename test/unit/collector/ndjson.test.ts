import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createCollector } from '../../../src/collector/create-collector.ts'
import { ndjson } from '../../../src/collector/node/ndjson.ts'
import type { EventRow } from '../../../src/collector/rows/row.ts'
import { memory } from '../../../src/collector/sinks/memory.ts'
import { killCollectors } from '../../faults/killed-collector.ts'
import { posting } from '../../support/collecting.ts'
import { buildCollectorProgram } from '../../support/collector-process.ts'
import { startCollectorProcess, temporaryFolder } from '../../support/start-collector-process.ts'
import { storedRows } from '../../support/stored-rows.ts'
import { plan, smallBatch, uuidAt } from '../../support/wire-batches.ts'

function collectingInto(dir: string) {
  const collector = createCollector({ plan, sink: ndjson({ dir }) })
  onTestFinished(() => collector.close())
  return async (...ids: readonly number[]) =>
    (await collector.fetch(posting(smallBatch(Date.now(), ids.map(uuidAt))))).status
}

const idsIn = (dir: string) => storedRows(dir).rows.map(({ id }) => id)

describe('ndjson()', () => {
  test('has the rows on disk when the request is answered, in one file per process and day', async () => {
    const dir = temporaryFolder()
    const post = collectingInto(dir)
    for (const id of [1, 2, 3]) {
      expect(await post(id)).toBe(204)
      expect(idsIn(dir)).toEqual([1, 2, 3].slice(0, id).map(uuidAt))
    }
    const [file, ...others] = storedRows(dir).files
    expect(others).toEqual([])
    const today = storedRows(dir).rows.map(({ received_at }) =>
      new Date(received_at).toISOString().slice(0, 10),
    )
    expect(today).toContain(file!.slice(0, 10))
    expect(file).toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\d/${process.pid}-[0-9a-f]{8}\\.ndjson$`))
  })

  test('begins a file with each day', async () => {
    const dir = temporaryFolder()
    const post = collectingInto(dir)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1, 23, 59, 59) })
    onTestFinished(() => void vi.useRealTimers())
    await post(1)
    vi.setSystemTime(Date.UTC(2026, 0, 2))
    await post(2)
    expect(
      storedRows(dir)
        .files.map((name) => name.slice(0, 10))
        .sort(),
    ).toEqual(['2026-01-01', '2026-01-02'])
  })

  test('writes the manifest of the plan before the rows', async () => {
    const dir = temporaryFolder()
    await collectingInto(dir)(1)
    const manifest = JSON.parse(readFileSync(join(dir, 'plans/acme-3.json'), 'utf8'))
    expect(manifest).toMatchObject({
      schema: 'react-microconversions/plan/1',
      plan: 'acme',
      version: '3',
      events: { tier_chosen: { wireName: 'tier_picked', goal: 'demo_booked' }, demo_booked: { macro: true } },
      funnels: { demo: { steps: ['tier_chosen', 'demo_booked'], within: '7d' } },
    })
  })

  test('stays in its folder, whatever a plan is called', async () => {
    const dir = temporaryFolder()
    const sink = ndjson({ dir })
    const manifest = { schema: 'react-microconversions/plan/1', events: {}, funnels: {} } as const
    await sink.describe?.({ ...manifest, plan: '../up', version: '1/2' })
    expect(readFileSync(join(dir, 'plans/%2E.%2Fup-1%2F2.json'), 'utf8')).toContain('../up')
  })

  test('answers 503 while the folder cannot be written, and stores the retry', async () => {
    const dir = join(temporaryFolder(), 'events')
    writeFileSync(dir, 'no folder')
    const post = collectingInto(dir)
    expect(await post(1)).toBe(503)
    rmSync(dir)
    expect(await post(1)).toBe(204)
    expect(idsIn(dir)).toEqual([uuidAt(1)])
  })

  test('keeps all other rows readable where one line is torn', async () => {
    const dir = temporaryFolder()
    await collectingInto(dir)(1, 2)
    const [file] = storedRows(dir).files
    appendFileSync(join(dir, file!), '{"kind":"event","id":"torn')
    await collectingInto(dir)(3)
    expect(idsIn(dir).sort()).toEqual([1, 2, 3].map(uuidAt))
    expect(storedRows(dir)).toMatchObject({ torn: 1, unreadable: 0 })
  })

  test.skipIf(process.platform === 'win32')(
    'begins a file anew if its own was deleted, as with the folder',
    async () => {
      const dir = temporaryFolder()
      const post = collectingInto(dir)
      await post(1)
      rmSync(join(dir, storedRows(dir).files[0]!.slice(0, 10)), { recursive: true })
      expect(await post(2)).toBe(204)
      expect(await post(3)).toBe(204)
      expect(idsIn(dir)).toEqual([uuidAt(2), uuidAt(3)])
      expect(storedRows(dir).files).toHaveLength(1)
    },
  )

  test('stores more rows at a time than a function takes arguments, as memory() does', async () => {
    const dir = temporaryFolder()
    const many = Array<EventRow>(200_000).fill({ id: uuidAt(1) } as EventRow)
    const files = ndjson({ dir, fsync: false })
    await files.append(many)
    await files.close?.()
    expect(idsIn(dir)).toHaveLength(many.length)
    const list = memory()
    await list.append(many)
    expect(list.rows).toHaveLength(many.length)
  })

  test('shares one write between the requests that wait', async () => {
    const dir = temporaryFolder()
    const sink = ndjson({ dir })
    onTestFinished(() => sink.close?.())
    const done: number[] = []
    const collector = createCollector({ sink })
    const requests = Array.from({ length: 40 }, async (_, id) => {
      await collector.fetch(posting(smallBatch(Date.now(), [uuidAt(id)])))
      done.push(storedRows(dir).rows.length)
    })
    await Promise.all(requests)
    // What a request sees at its answer was written with it: far fewer different counts than requests.
    expect(done.at(-1)).toBe(40)
    expect(new Set(done).size).toBeLessThan(20)
  })
})

describe('a process that is killed', () => {
  test('has stored whatever it has acknowledged', async () => {
    const { acknowledged, lost, unreadable } = await killCollectors(4)
    expect(acknowledged).toBeGreaterThan(50)
    expect({ lost, unreadable }).toEqual({ lost: [], unreadable: 0 })
  })

  test.skipIf(process.platform === 'win32')(
    'answers 503 when the disk is full, and leaves no half line',
    async () => {
      const dir = join(temporaryFolder(), 'events')
      const program = await buildCollectorProgram(temporaryFolder())
      // Files end at 16 blocks of 512 or 1,024 bytes: a write beyond takes what fits, and fails with EFBIG.
      const { url } = await startCollectorProcess(program, dir, "trap '' XFSZ; ulimit -f 16;")
      const acknowledged: string[] = []
      const statuses = new Set<number>()
      for (let id = 1; !statuses.has(503); id++) {
        const { status } = await fetch(url, {
          method: 'POST',
          body: JSON.stringify(smallBatch(Date.now(), [uuidAt(id)])),
        })
        statuses.add(status)
        if (status === 204) acknowledged.push(uuidAt(id))
      }
      expect([...statuses]).toEqual([204, 503])
      expect(acknowledged.length).toBeGreaterThan(2)
      expect(idsIn(dir)).toEqual(acknowledged)
      expect(storedRows(dir)).toMatchObject({ torn: 0, unreadable: 0 })
    },
  )
})
