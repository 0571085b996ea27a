import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type MediaSummaryMemory,
  type MediaSummaryReport,
  observeMediaSummary,
} from '../../src/triggers/media-summary.ts'
import type { PlaybackOptions } from '../../src/triggers/playback.ts'
import { SimulatedPlayer } from '../support/simulated-player.ts'

const TOLERANCE_S = 0.5

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function summarise(
  player: SimulatedPlayer,
  given: Partial<PlaybackOptions> = {},
  memory: MediaSummaryMemory = {},
) {
  const reports: MediaSummaryReport[] = []
  const options: PlaybackOptions = { name: 'video', ...given }
  const stop = observeMediaSummary(
    player.element,
    () => options,
    (report) => reports.push(report),
    memory,
  )
  return { reports, stop }
}

const total = (reports: readonly MediaSummaryReport[], name: 'watched_seconds' | 'rewatched_seconds') =>
  reports.reduce((sum, { payload }) => sum + payload[name], 0)

describe('a summary', () => {
  it('tells what was watched, again, in one go, how fast, and what the user did', () => {
    const player = new SimulatedPlayer(300)
    const { reports, stop } = summarise(player)
    player.currentTime = 10 // Before it ever played: where the host resumes it.
    player.play()
    player.run(20_000)
    player.pause()
    player.run(60_000)
    player.play()
    player.run(10_000)
    player.currentTime = 20
    player.run(10_000)
    player.stall(2000)
    player.run(3000)
    player.setRate(2)
    player.currentTime = 200
    player.run(20_000)
    stop(true)
    expect(reports).toHaveLength(1)
    const [summary] = reports
    expect(summary).toMatchObject({ fact: 'summary', factKey: 'video' })
    const { watched_seconds, rewatched_seconds, longest_seconds, average_rate, ...rest } =
      summary?.payload ?? {}
    expect(watched_seconds).toBeCloseTo(30 + 40, 0)
    expect(rewatched_seconds).toBeCloseTo(11, 0)
    expect(longest_seconds).toBeCloseTo(40, 0)
    expect(average_rate).toBeCloseTo(81 / 61, 1)
    expect(rest).toMatchObject({
      video_title: 'video',
      video_duration: 300,
      hidden_seconds: 0,
      seeks: 2,
      pauses: 1,
      stalls: 1,
      plays: 0,
      reached_percent: expect.closeTo(80, 0),
    })
  })

  it('comes when the tab is hidden, when the page is left and when the player goes, and holds what is new', () => {
    const player = new SimulatedPlayer(300)
    const { reports, stop } = summarise(player)
    player.play()
    player.run(10_000)
    player.setHidden(true)
    expect(reports).toHaveLength(1)
    player.run(5000)
    player.ownerDocument.defaultView.dispatchEvent(new Event('pagehide'))
    expect(reports).toHaveLength(2)
    player.setHidden(false)
    player.setHidden(true)
    player.currentTime = 0
    player.run(4000)
    stop()
    expect(reports).toHaveLength(2)
    vi.runAllTimers()
    expect(reports.map(({ payload }) => Math.round(payload.watched_seconds))).toEqual([10, 5, 0])
    expect(reports.map(({ payload }) => Math.round(payload.rewatched_seconds))).toEqual([0, 0, 4])
    expect(reports.map(({ payload }) => payload.seeks)).toEqual([0, 0, 1])
    expect([player.listeners, player.ownerDocument.listeners]).toEqual([0, 0])
    expect(player.ownerDocument.defaultView.listeners).toBe(0)
  })

  it('is not made of nothing: neither of a video that never played, nor of jumps alone', () => {
    const player = new SimulatedPlayer(300)
    const { reports, stop } = summarise(player)
    player.run(1000)
    player.currentTime = 100
    player.run(1000)
    player.setHidden(true)
    stop(true)
    expect(reports).toEqual([])
  })

  it('takes neither the end for a pause nor a loop or a replay for a jump', () => {
    const player = new SimulatedPlayer(20)
    const { reports, stop } = summarise(player)
    player.loop = true
    player.setRate(4)
    player.play()
    player.run(12_000)
    player.loop = false
    player.run(6000)
    expect(player.paused).toBe(true)
    player.run(1000)
    player.play()
    player.run(2000)
    stop(true)
    expect(reports[0]?.payload).toMatchObject({ seeks: 0, pauses: 0, stalls: 0, average_rate: 4 })
    expect(reports[0]?.payload.watched_seconds).toBeCloseTo(20, 0)
    expect(reports[0]?.payload.rewatched_seconds).toBeGreaterThan(20)
  })

  it('of a long drag counts one jump', () => {
    const player = new SimulatedPlayer(300)
    const { reports, stop } = summarise(player)
    player.play()
    player.run(5000)
    for (let toS = 20; toS < 40; toS++) {
      player.currentTime = toS
      player.run(20)
    }
    player.run(2000)
    stop(true)
    expect(reports[0]?.payload.seeks).toBe(1)
  })

  it('is of one video: another in its place ends it', () => {
    const player = new SimulatedPlayer(300)
    const { reports, stop } = summarise(player)
    player.play()
    player.run(10_000)
    player.load('https://example.test/other.mp4')
    player.run(5000)
    stop(true)
    expect(reports.map(({ payload }) => payload.video_url)).toEqual([
      'https://example.test/video.mp4',
      'https://example.test/other.mp4',
    ])
    expect(reports.map(({ payload }) => Math.round(payload.watched_seconds))).toEqual([10, 5])
  })

  it('is of one video: another quality of it goes on', () => {
    const player = new SimulatedPlayer(300)
    const { reports, stop } = summarise(player)
    player.play()
    player.run(10_000)
    player.load('https://cdn.example.test/video-720p.mp4')
    player.currentTime = 10
    player.run(5000)
    player.load('https://cdn.example.test/video-720p.mp4?token=2')
    player.currentTime = 15
    player.run(5000)
    stop(true)
    expect(reports).toHaveLength(1)
    expect(Math.abs(total(reports, 'watched_seconds') - 20)).toBeLessThanOrEqual(TOLERANCE_S)
    expect(reports[0]?.payload.plays).toBe(1)
  })

  it('survives a stop that goes on at once, as under StrictMode', () => {
    const player = new SimulatedPlayer(300)
    const memory: MediaSummaryMemory = {}
    const first = summarise(player, {}, memory)
    player.play()
    player.run(10_000)
    first.stop()
    const second = summarise(player, {}, memory)
    vi.runAllTimers()
    player.run(10_000)
    second.stop(true)
    expect(first.reports).toEqual([])
    expect(second.reports).toHaveLength(1)
    expect(Math.abs(total(second.reports, 'watched_seconds') - 20)).toBeLessThanOrEqual(TOLERANCE_S)
  })

  it('leaves out what is ignored, and has no share of a live stream', () => {
    const player = new SimulatedPlayer(300)
    const { reports, stop } = summarise(player, { ignore: [[5, 15]], live: true })
    player.play()
    player.run(20_000)
    stop(true)
    expect(reports[0]?.payload).toMatchObject({ live: true, watched_percent: 0, video_duration: 0 })
    expect(reports[0]?.payload.watched_seconds).toBeCloseTo(10, 0)
  })
})

it('adds up to the truth, however it is played, hidden and looked at', () => {
  const lengthS = 60
  const act = fc.record({
    play: fc.boolean(),
    toS: fc.option(fc.double({ min: 0, max: lengthS, noNaN: true })),
    rate: fc.constantFrom(0.5, 1, 2, 4),
    hidden: fc.boolean(),
    muted: fc.boolean(),
    forMs: fc.integer({ min: 0, max: 4000 }),
  })
  const ignored = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 70 })), {
    maxLength: 2,
  })
  fc.assert(
    fc.property(fc.array(act, { minLength: 3, maxLength: 20 }), ignored, (acts, ignore) => {
      const player = new SimulatedPlayer(lengthS)
      player.ignore(ignore)
      const { reports, stop } = summarise(player, { ignore })
      for (const { play, toS, rate, hidden, muted, forMs } of acts) {
        if (play) player.play()
        else player.pause()
        player.run(20)
        if (toS !== null) player.currentTime = toS
        player.setRate(rate)
        player.setMuted(muted)
        player.setHidden(hidden)
        player.run(forMs + 50)
      }
      player.pause()
      player.run(500)
      stop(true)
      const watchedS = total(reports, 'watched_seconds')
      expect(Math.abs(watchedS - player.trulyWatchedS())).toBeLessThanOrEqual(TOLERANCE_S)
      const playedS = watchedS + total(reports, 'rewatched_seconds')
      expect(Math.abs(playedS - player.trulyPlayedS)).toBeLessThanOrEqual(TOLERANCE_S)
      const hiddenS = reports.reduce((sum, { payload }) => sum + payload.hidden_seconds, 0)
      expect(Math.abs(hiddenS - player.trulyHiddenS)).toBeLessThanOrEqual(TOLERANCE_S)
      for (const { payload } of reports) {
        const { watched_seconds, rewatched_seconds, longest_seconds, average_rate } = payload
        expect(longest_seconds).toBeLessThanOrEqual(watched_seconds + rewatched_seconds + 0.02)
        expect(average_rate).toBeGreaterThanOrEqual(0.5)
        expect(average_rate).toBeLessThanOrEqual(4)
      }
    }),
    { numRuns: 200 },
  )
})
