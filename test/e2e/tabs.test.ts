import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { arrivals, ends, trackerPages } from '../support/open-tracker-pages.ts'

const { openTabs } = trackerPages()

const now = (pages: readonly Page[]) => pages[0]?.evaluate(() => rmc.now()) ?? 0
function byRound<T extends { readonly round: string }>(
  items: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const rounds = new Map<string, T[]>()
  for (const item of items) rounds.set(item.round, [...(rounds.get(item.round) ?? []), item])
  return rounds
}

/** All tabs attempt the same rounds, each at its moment; what became of it, and what arrived, by round. */
async function race(pages: readonly Page[], rounds: number, everyMs: number) {
  const from = (await now(pages)) + 500
  const options = { label: 'race', rounds, from, everyMs }
  await Promise.all(
    pages.map((page) =>
      page.evaluate(({ label, rounds, from, everyMs }) => rmc.race(label, rounds, from, everyMs), options),
    ),
  )
  const attempts = byRound((await Promise.all(pages.map(ends))).flat())
  const arrived = byRound((await Promise.all(pages.map(arrivals))).flat())
  expect(attempts.size).toBe(rounds)
  return [...attempts].map(([round, each]) => ({
    fired: each.filter(({ end }) => end.startsWith('fired')),
    refused: each.filter(({ end }) => /^dropped (?:frequency|superseded)$/.test(end)),
    arrived: arrived.get(round) ?? [],
  }))
}

describe.each([
  { tabs: 2, rounds: 100, everyMs: 30 },
  { tabs: 8, rounds: 100, everyMs: 80 },
])(
  '$tabs tabs that attempt a once-per-session event in the same millisecond',
  ({ tabs, rounds, everyMs }) => {
    test(`fire it once in each of ${rounds} rounds; the others are refused or superseded (F3)`, async () => {
      const pages = await openTabs('?patient', tabs)
      const results = await race(pages, rounds, everyMs)
      for (const { fired, refused, arrived } of results)
        expect([fired.length, refused.length, arrived.length]).toEqual([1, tabs - 1, 1])
      const raced = results.filter(({ refused }) => refused.some(({ end }) => end.endsWith('superseded')))
      console.info(
        `${tabs} tabs: ${rounds} rounds, one event each; the database decided ${raced.length} of them`,
      )
    })
  },
)

test('on a busy machine, where an event waits no longer than 50 ms, a copy is one in record and id', async () => {
  const pages = await openTabs('', 4)
  const results = await race(pages, 100, 30)
  for (const { fired, refused, arrived } of results) {
    expect(fired.length + refused.length).toBe(4)
    expect(arrived).toHaveLength(fired.length)
    expect(new Set(arrived.map(({ id }) => id)).size).toBe(1)
  }
  const copies = results.reduce((sum, { fired }) => sum + fired.length - 1, 0)
  console.info(`4 tabs: 100 rounds, 100 events, ${copies} copies of them`)
})

test('tabs that open at once are one visitor in one session', async () => {
  const pages = await openTabs('?patient', 6)
  await Promise.all(pages.map((page) => page.evaluate(() => rmc.track('step_taken').outcome)))
  const arrived = (await Promise.all(pages.map(arrivals))).flat()
  expect(arrived).toHaveLength(6)
  expect(new Set(arrived.map(({ anonymousId }) => anonymousId)).size).toBe(1)
  expect(new Set(arrived.map(({ sessionId }) => sessionId)).size).toBe(1)
})

test('tabs that wake together find one successor of their session (S1)', async () => {
  const pages = await openTabs('?patient', 3)
  await Promise.all(pages.map((page) => page.evaluate(() => rmc.tracker.flush())))
  const rounds = 30
  for (let round = 0; round < rounds; round++) {
    const at = (await now(pages)) + 40
    await Promise.all(pages.map((page) => page.evaluate((moment) => rmc.wake(moment, 31 * 60_000), at)))
  }
  const sessions = (await Promise.all(pages.map(arrivals))).map((each) =>
    each.map(({ sessionId }) => sessionId),
  )
  expect(sessions[0]).toHaveLength(rounds)
  expect(new Set(sessions[0]).size).toBe(rounds)
  for (const others of sessions) expect(others).toEqual(sessions[0])
})
