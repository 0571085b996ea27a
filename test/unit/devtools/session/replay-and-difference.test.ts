import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differenceOf } from '../../../../src/devtools/session/difference.ts'
import { deltaMs, recordAt, replayedEvents, waitMs } from '../../../../src/devtools/session/replay.ts'
import type { Session } from '../../../../src/devtools/session/session-file.ts'
import type { Decision } from '../../../../src/engine/record/decision.ts'
import { recordedSession, recordedVisit } from '../../../support/recorded-session.ts'

describe('replay', () => {
  test('the last step is the record that was saved', async () => {
    const { tracker } = await recordedVisit()
    const session = await recordedSession()
    const { counts, decisions } = recordAt(session, session.decisions.length)
    expect(counts).toEqual(tracker.record.get().counts)
    expect(decisions).toEqual(session.decisions)
    expect(recordAt(session, 0)).toMatchObject({ decisions: [], counts: {} })
  })

  test('keeps the time between attempts, and waits no longer than three seconds', async () => {
    const session = await recordedSession()
    expect(session.decisions.map((_, index) => deltaMs(session, index))).toEqual([
      0, 0, 1_200, 800, 0, 0, 1_000, 0, 2_000, 0,
    ])
    expect(waitMs(session, 2, 1)).toBe(1_200)
    expect(waitMs(session, 2, 10)).toBe(120)
    expect(waitMs(session, 8, 0.5)).toBe(3_000)
  })

  test('gives a destination in memory what fired, and nothing else', async () => {
    const session = await recordedSession()
    const { length } = session.decisions
    const fired = session.decisions.filter(({ outcome }) => outcome === 'fired')
    expect(replayedEvents(session, length).map(({ name }) => name)).toEqual(fired.map(({ event }) => event))
    expect(replayedEvents(session, 3)).toHaveLength(2)
  })
})

describe('the difference of two sessions', () => {
  const change = (session: Session, next: (decision: Decision) => Decision | undefined): Session => ({
    ...session,
    decisions: session.decisions.flatMap((decision) => next(decision) ?? []),
  })

  test('names what is missing, new and changed, and why', async () => {
    const before = await recordedSession()
    const after = change(before, (decision) => {
      const { event, outcome } = decision
      if (event === 'chat_opened') return undefined
      if (event === 'tour_watched')
        return { ...decision, trigger: { component: 'VideoProgress', fact: 'mark' } }
      if (event === 'pricing_clicked' && outcome === 'dropped')
        return { ...decision, reason: 'no-destination', properties: { tier: 5 } }
      return decision
    })
    const rows = differenceOf(before, after)
    expect(rows.map(({ kind, event, component }) => [kind, event, component])).toEqual([
      ['missing', 'chat_opened', 'track'],
      ['missing', 'tour_watched', 'track'],
      ['new', 'tour_watched', 'VideoProgress'],
      ['changed', 'pricing_clicked', 'track'],
      ['same', 'demo_bookd', 'track'],
      ['same', 'demo_booked', 'track'],
      ['same', 'hint_seen', 'track'],
      ['same', 'page_view', 'page'],
    ])
    expect(rows[3]?.changes).toEqual([
      'frequency: 1 → 0',
      'no-destination: 0 → 1',
      'property tier: string → number or string',
    ])
  })

  test('a value and its shape are the same', async () => {
    const hidden = await recordedSession()
    const open = await recordedSession(['tier', 'seats', 'more', 'mark'])
    expect(differenceOf(hidden, open).map(({ kind }) => kind)).not.toContain('changed')
  })

  test('is nothing with itself, and turns around', async () => {
    const session = await recordedSession()
    const some = fc.array(fc.boolean(), { minLength: 10, maxLength: 10 })
    const turned = { missing: 'new', new: 'missing', changed: 'changed', same: 'same' } as const
    fc.assert(
      fc.property(some, some, (left, right) => {
        const [one, other] = [left, right].map((kept) =>
          change(session, (decision) => (kept[decision.number - 1] ? decision : undefined)),
        ) as [Session, Session]
        expect(differenceOf(one, one).every(({ kind }) => kind === 'same')).toBe(true)
        const said = (rows: ReturnType<typeof differenceOf>, turn: boolean) =>
          rows.map(({ event, fact, kind }) => `${event} ${fact} ${turn ? turned[kind] : kind}`).sort()
        expect(said(differenceOf(one, other), false)).toEqual(said(differenceOf(other, one), true))
      }),
    )
  })
})
