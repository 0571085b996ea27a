import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { engines, launchEngine } from '../support/engines/launch-engine.ts'
import { trackerPages } from '../support/open-tracker-pages.ts'
import type { TrackerPage } from '../support/tracker-page.ts'

const ROUNDS = 30

type Framed = Window & { rmc?: TrackerPage }

describe.each(engines)('%s', (engine) => {
  const { open } = trackerPages(() => launchEngine(engine))

  /** What each round left in the record of each frame, and what reached the destinations of both. */
  async function race(page: Page, everyMs: number) {
    const found = await page.evaluate(
      async ({ rounds, everyMs }) => {
        const trackers = Array.from({ length: frames.length }, (_, index) => (frames[index] as Framed).rmc)
        const from = Date.now() + 100
        await Promise.all(trackers.map((each) => each?.race('frames', rounds, from, everyMs)))
        return trackers.map((each) => ({
          decisions: each?.tracker.record.get().decisions.map(({ outcome, reason, properties }) => ({
            outcome,
            reason,
            round: String(properties?.['round']),
          })),
          events: each?.destination.events.map(({ id, properties }) => ({
            id,
            round: String(properties['round']),
          })),
        }))
      },
      { rounds: ROUNDS, everyMs },
    )
    return Array.from({ length: ROUNDS }, (_, index) => {
      const isMine = ({ round }: { readonly round: string }) => round === `frames ${index}`
      return {
        decisions: found.flatMap(({ decisions = [] }) => decisions.filter(isMine)),
        ids: found.flatMap(({ events = [] }) => events.filter(isMine)).map(({ id }) => id),
      }
    })
  }

  test(`two frames that attempt a once-per-session event in the same millisecond: one event by id, in ${ROUNDS} rounds`, async () => {
    const page = await open('frames')
    await page.waitForFunction(
      () => frames.length === 2 && [0, 1].every((index) => (frames[index] as Framed).rmc !== undefined),
    )
    const rounds = await race(page, 60)
    for (const { decisions, ids } of rounds) {
      expect(decisions).toHaveLength(2)
      expect(new Set(ids).size).toBe(1)
      // As many as were sent say so; a copy of what the other frame has sent may say that it is one.
      expect(decisions.filter(({ outcome }) => outcome === 'fired')).toHaveLength(ids.length)
      expect(decisions.map(({ reason }) => reason)).toContain('admitted')
    }
    const copies = rounds.reduce((sum, { ids }) => sum + ids.length - 1, 0)
    console.info(`2 frames: ${ROUNDS} rounds, ${ROUNDS} events, ${copies} copies of them`)
  })
})
