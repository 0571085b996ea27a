import { expect, test } from 'vitest'
import { clarityReplay } from '../../../src/embeds/replay/clarity-replay.ts'
import { linkReplay } from '../../../src/embeds/replay/link-replay.ts'
import { posthogReplay } from '../../../src/embeds/replay/posthog-replay.ts'
import { sentryReplay } from '../../../src/embeds/replay/sentry-replay.ts'
import { experimentViewed } from '../../../src/experiments/experiment-viewed.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

const plan = definePlan({ name: 'shop', version: '1', events: { cta_clicked: event({}) } })

async function linksOf(replay: () => string | undefined, count = 1) {
  const { tracker, destination } = openTracker(plan)
  linkReplay(tracker, replay)
  for (let click = 0; click < count; click++) tracker.track('cta_clicked')
  await tracker.flush()
  return destination.events.map(({ context }) => context.replay)
}

test('each event has the address of its own moment, also in the record', async () => {
  const { tracker, destination } = openTracker(plan, { consent: 'pending' })
  let second = 0
  linkReplay(tracker, () => `https://replay.test/s1?t=${++second}`)
  experimentViewed(tracker, { experiment: 'hero', variant: 'b' })
  tracker.track('cta_clicked')
  tracker.track('cta_clicked')
  await drain()
  tracker.consent.update('granted')
  await tracker.flush()
  const links = ['https://replay.test/s1?t=1', 'https://replay.test/s1?t=2']
  expect(destination.events.map(({ context }) => context.replay)).toEqual(links)
  expect(destination.events[0]?.context.experiments).toEqual({ hero: 'b' })
  expect(tracker.record.get().decisions.map(({ replay }) => replay)).toEqual(links)
})

test('another link replaces the first', async () => {
  const { tracker, destination } = openTracker(plan)
  linkReplay(tracker, () => 'https://one.test/')
  linkReplay(tracker, () => 'https://two.test/')
  tracker.track('cta_clicked')
  await tracker.flush()
  expect(destination.events[0]?.context.replay).toBe('https://two.test/')
})

test.each([
  ['nothing', () => undefined],
  ['an empty text', () => ''],
  ['a script', () => 'javascript:alert(1)'],
  ['a text', () => 'replay 1'],
  ['a long address', () => `https://replay.test/${'x'.repeat(500)}`],
  ['a number', () => 7 as unknown as string],
  [
    'an error',
    () => {
      throw new Error('broken')
    },
  ],
])('%s is no address, and the event goes without', async (_, replay) => {
  listenToAdvice()
  expect(await linksOf(replay)).toEqual([undefined])
})

test('PostHog, while it records', async () => {
  let recording = false
  const posthog = {
    sessionRecordingStarted: () => recording,
    get_session_replay_url: ({ withTimestamp = false } = {}) =>
      `https://eu.posthog.test/replay/1?t=${withTimestamp}`,
  }
  expect(await linksOf(posthogReplay(posthog))).toEqual([undefined])
  recording = true
  expect(await linksOf(posthogReplay(posthog))).toEqual(['https://eu.posthog.test/replay/1?t=true'])
})

test('Sentry, which may come later', async () => {
  let replay: { getReplayId: () => string | undefined } | undefined
  const address = sentryReplay(() => replay, { organization: 'https://acme.sentry.io' })
  expect(address()).toBeUndefined()
  replay = { getReplayId: () => undefined }
  expect(address()).toBeUndefined()
  replay = { getReplayId: () => 'abc' }
  expect(address()).toBe('https://acme.sentry.io/replays/abc/')
})

test('Clarity, in each of its sessions', () => {
  let tell: (data: object) => void = () => {}
  const address = clarityReplay((_method, callback) => {
    tell = callback
  })
  expect(address()).toBeUndefined()
  tell({ projectId: 'p', userId: 'u', sessionId: 's1' })
  expect(address()).toBe('https://clarity.microsoft.com/player/p/u/s1')
  tell({ projectId: 'p', userId: 'u', sessionId: 's2' })
  expect(address()).toBe('https://clarity.microsoft.com/player/p/u/s2')
  tell({ projectId: 'p' })
  expect(address()).toBeUndefined()
})
