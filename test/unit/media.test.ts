import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MediaElement } from '../../src/triggers/look-at-media.ts'
import type { PlaybackMemory } from '../../src/triggers/playback.ts'
import type { Spans } from '../../src/triggers/watched-spans.ts'
import { SimulatedPlayer } from '../support/simulated-player.ts'
import { watchVideo } from '../support/watch-video.ts'

const TOLERANCE_S = 0.5

afterEach(() => vi.restoreAllMocks())

describe('a video of 300 seconds', () => {
  let player: SimulatedPlayer
  beforeEach(() => {
    player = new SimulatedPlayer(300)
  })

  /** The player's element, but for some properties. */
  function elementThatSays(said: object): MediaElement {
    const get = (_: MediaElement, key: string) => {
      const value = Reflect.get(key in said ? said : player, key)
      return typeof value === 'function' ? value.bind(player) : value
    }
    return new Proxy(player.element, { get: get as ProxyHandler<MediaElement>['get'] & object })
  }

  it('watched straight through passes each mark where it stands', () => {
    const { reports, told } = watchVideo(player.element)
    player.play()
    player.run(301_000)
    expect(told()).toEqual(['start', '25', '50', '75', '90', 'complete'])
    expect(reports[1]).toMatchObject({ fact: 'progress', factKey: 'video:25' })
    for (const { payload } of reports.filter(({ fact }) => fact === 'progress')) {
      expect(payload.video_current_time).toBeGreaterThanOrEqual(3 * payload.video_percent)
      expect(payload.video_current_time).toBeLessThan(3 * payload.video_percent + TOLERANCE_S)
      expect(payload.video_mark).toBe(`${payload.video_percent}%`)
    }
    expect(reports.at(-1)?.payload).toEqual({
      video_title: 'video',
      video_provider: 'html5',
      video_url: 'https://example.test/video.mp4',
      video_current_time: 300,
      video_duration: 300,
      video_percent: 100,
      visible: true,
      live: false,
      autoplay: false,
      muted: false,
      video_mark: 'complete',
      watched_seconds: expect.closeTo(300, 1),
      watched_percent: expect.closeTo(100, 1),
      reached_percent: 100,
      hidden_seconds: 0,
      plays: 1,
    })
  })

  it.each([
    ['https://ada:pw@example.test/video.mp4?sig=1#t=3', 'https://example.test/video.mp4'],
    [
      '//ada@example.test/6b9e68b07dfee8cc2d116e4c51d6a957/video.mp4',
      '//example.test/6b9e68b07dfee8cc2d116e4c51d6a957/video.mp4',
    ],
  ])('its address carries neither user nor query: %s', (source, video_url) => {
    Object.defineProperty(player.element, 'currentSrc', { value: source })
    const { reports } = watchVideo(player.element)
    player.play()
    player.run(1_000)
    expect(reports[0]?.payload.video_url).toBe(video_url)
  })

  it('0-10, then a jump to 290, to the end: 20 seconds, no mark, complete', () => {
    const { figures, told } = watchVideo(player.element)
    player.play()
    player.run(10_000)
    player.currentTime = 290
    player.run(12_000)
    expect(player.trulyWatchedS()).toBeCloseTo(20, 1)
    expect(Math.abs((figures()?.watched_seconds ?? 0) - 20)).toBeLessThanOrEqual(TOLERANCE_S)
    expect(told()).toEqual(['start', 'complete'])
    expect(figures()).toMatchObject({ reached_percent: 100, watched_percent: expect.closeTo(6.67, 0) })
  })

  it('jumped to the very end is not complete', () => {
    const { told } = watchVideo(player.element)
    player.play()
    player.run(5000)
    player.currentTime = 300
    player.run(2000)
    expect(player.paused).toBe(true)
    expect(told()).toEqual(['start'])
  })

  it('0 → 80 % → 12 %: marks by what was watched, or each mark passed by the jump, in order and once', () => {
    const watched = watchVideo(player.element, { marks: [10, 25, 50, 75] })
    const reached = watchVideo(player.element, { marks: [75, 10, 50, 25], mode: 'reached' })
    player.play()
    player.run(1000)
    player.currentTime = 240
    player.run(1000)
    player.currentTime = 36
    player.run(1000)
    expect(watched.told()).toEqual(['start'])
    expect(reached.told()).toEqual(['start', '10', '25', '50', '75'])
    player.run(28_000)
    expect(watched.told()).toEqual(['start', '10'])
    expect(watched.figures()).toMatchObject({ reached_percent: expect.closeTo(80, 0), plays: 1 })
  })

  it('has reached what a jump showed, although it did not play there', () => {
    const { told } = watchVideo(player.element, { mode: 'reached' })
    player.seekMs = 500
    player.play()
    player.run(1000)
    player.currentTime = 240
    player.run(100)
    player.currentTime = 36
    player.run(1000)
    expect(told()).toEqual(['start', '25', '50', '75'])
  })

  it.each(['after a pause', 'on a busy page'])(
    'small jumps forward %s are not taken for playback',
    (when) => {
      const { figures } = watchVideo(player.element)
      for (let count = 0; count < 10; count++) {
        player.play()
        player.run(300)
        if (when === 'after a pause') player.pause()
        player.currentTime += 0.4
        if (when === 'on a busy page') player.block(100)
      }
      player.run(500)
      const error = (figures()?.watched_seconds ?? 0) - player.trulyWatchedS()
      expect(Math.abs(error)).toBeLessThanOrEqual(TOLERANCE_S)
    },
  )

  it('watched from the middle and then from the start passes marks by the sum', () => {
    const { told, reports } = watchVideo(player.element, { marks: [25, 50] })
    player.currentTime = 200
    player.play()
    player.run(60_000)
    player.currentTime = 0
    player.run(20_000)
    expect(told()).toEqual(['start', '25'])
    expect(reports.at(-1)?.payload.video_current_time).toBeCloseTo(15, 0)
  })

  it('counts seconds marks in watched seconds, by position in reached mode', () => {
    const watched = watchVideo(player.element, { marks: ['30s'] })
    const reached = watchVideo(player.element, { marks: ['30s'], mode: 'reached' })
    player.play()
    player.run(10_000)
    player.currentTime = 100
    player.run(10_000)
    expect(watched.told()).toEqual(['start'])
    expect(reached.told()).toEqual(['start', '30s'])
    player.run(11_000)
    expect(watched.told()).toEqual(['start', '30s'])
    expect(watched.reports.at(-1)?.payload).toMatchObject({ video_mark: '30s', video_percent: 0 })
  })

  it('several marks crossed at one event come in order of the video, whatever their unit', () => {
    const { told } = watchVideo(player.element, { marks: [3, '6s', 1, '4s', 100, 150, 0, '0s'] })
    player.play()
    player.run(100)
    player.block(20_000)
    player.run(100)
    expect(told()).toEqual(['start', '1', '4s', '6s', '3'])
  })

  it('passes a mark of 100 with the end, and takes no mark beyond', () => {
    const { told } = watchVideo(player.element, { marks: [100, 101] })
    player.play()
    player.run(301_000)
    expect(told()).toEqual(['start', '100', 'complete'])
  })

  it('says nothing before playback, although the position is set', () => {
    const { told } = watchVideo(player.element, { mode: 'reached' })
    player.currentTime = 240
    player.run(3000)
    expect(told()).toEqual([])
    player.play()
    player.run(1000)
    expect(told()).toEqual(['start', '25', '50', '75'])
  })

  it('counts plays from the beginning, not resumptions', () => {
    const { figures } = watchVideo(player.element)
    player.play()
    player.run(300)
    player.pause()
    player.run(1000)
    player.play()
    player.run(5000)
    expect(figures()?.plays).toBe(1)
    player.currentTime = 100
    player.run(1000)
    player.currentTime = 0
    player.run(1000)
    expect(figures()?.plays).toBe(2)
    player.loop = true
    player.currentTime = 298
    player.run(5000)
    expect(figures()?.plays).toBe(3)
  })

  it('is complete at a loop that played through the end', () => {
    const { told } = watchVideo(player.element)
    player.loop = true
    player.currentTime = 290
    player.play()
    player.run(12_000)
    expect(player.paused).toBe(false)
    expect(told()).toEqual(['start', 'complete'])
  })

  it('never watches more than there is, however late it hears of a loop', () => {
    const { figures } = watchVideo(player.element)
    player.loop = true
    player.play()
    player.run(298_000)
    player.setRate(4)
    player.run(300)
    player.block(800)
    expect(figures()).toMatchObject({ watched_seconds: expect.closeTo(300, 1), watched_percent: 100 })
  })

  it('muted in a hidden tab: not started, not reached, not watched, but counted apart', () => {
    const { figures, told } = watchVideo(player.element, { mode: 'reached' })
    player.muted = true
    player.setHidden(true)
    player.play()
    player.run(90_000)
    player.currentTime = 10
    player.run(100)
    expect(told()).toEqual([])
    player.load('blob:https://example.test/short', 5)
    player.run(1000)
    player.load('blob:https://example.test/long', 300)
    player.setHidden(false)
    player.run(1000)
    expect(told()).toEqual(['start'])
    expect(figures()?.hidden_seconds).toBeCloseTo(player.trulyHiddenS, 0)
    expect(figures()?.watched_seconds).toBeCloseTo(1, 0)
  })

  it('hidden but audible, or in picture-in-picture, is watched', () => {
    const { figures } = watchVideo(player.element)
    player.play()
    player.run(1000)
    player.setHidden(true)
    player.run(10_000)
    expect(figures()).toMatchObject({
      watched_seconds: expect.closeTo(11, 0),
      hidden_seconds: 0,
      visible: false,
    })
    player.ownerDocument.pictureInPictureElement = player
    player.dispatchEvent(new Event('enterpictureinpicture'))
    player.setMuted(true)
    player.run(10_000)
    expect(figures()).toMatchObject({ watched_seconds: expect.closeTo(21, 0), hidden_seconds: 0 })
    player.ownerDocument.pictureInPictureElement = null
    player.dispatchEvent(new Event('leavepictureinpicture'))
    player.run(10_000)
    expect(figures()?.watched_seconds).toBeCloseTo(21, 0)
    expect(figures()?.hidden_seconds).toBeCloseTo(10, 0)
    player.muted = false
    player.volume = 0
    player.dispatchEvent(new Event('volumechange'))
    player.run(10_000)
    expect(figures()?.hidden_seconds).toBeCloseTo(20, 0)
  })

  it('another name, or another address, starts anew; a blob or the same address goes on', () => {
    const { change, figures, told } = watchVideo(player.element, { marks: [25] })
    const address = player.currentSrc
    player.currentSrc = ''
    player.setHidden(false)
    player.load(address)
    player.play()
    player.run(80_000)
    const once = ['start', '25']
    expect(told()).toEqual(once)

    player.load('blob:https://example.test/1')
    player.run(5000)
    expect(figures()?.video_url).toBe('')
    player.load(address)
    player.currentTime = 80
    player.run(5000)
    expect(told()).toEqual(once)
    expect(figures()?.watched_seconds).toBeCloseTo(85, 0)

    player.load('https://example.test/other.mp4')
    player.run(1000)
    expect(told()).toEqual([...once, 'start'])
    expect(figures()?.watched_seconds).toBeCloseTo(1, 0)

    change({ name: 'third' })
    player.run(80_000)
    expect(told()).toEqual([...once, 'start', 'start', '25'])
  })

  describe('with another address', () => {
    const name = 'https://example.test'
    const live = Number.POSITIVE_INFINITY
    type Switch = [title: string, address: string, toS?: number, durationS?: number, firstS?: number]

    it.each<Switch>([
      ['a renewed signature', `${name}/video.mp4?token=2`],
      ['another host', 'https://cdn2.example.test:8080/video.mp4'],
      ['another fragment', `${name}/video.mp4#t=6`],
      ['no host', '/video.mp4'],
      ['another quality', `${name}/video-720p.mp4`],
      ['a quality that is a second shorter', `${name}/video-720p.mp4`, 6.4, 299],
      ['a quality that is 1 % longer', `${name}/video-720p.mp4`, 6.4, 303],
      ['a quality that resumes 2 s earlier', `${name}/video-720p.mp4`, 4.5],
      ['a quality whose duration is not known', `${name}/video-720p.mp4`, 6.4, live],
      ['a quality of a live stream', `${name}/live-720p.m3u8`, 6.4, live, live],
    ])('goes on: %s', (_, address, resumedS = 6.4, durationS = 300, firstS = 300) => {
      const player = new SimulatedPlayer(firstS, 600)
      const { told, figures } = watchVideo(player.element, { marks: ['3s', '10s'] })
      player.play()
      player.run(6400)
      player.load(address, durationS)
      player.run(2)
      player.currentTime = resumedS
      player.run(7000)
      expect(told()).toEqual(['start', '3s', '10s'])
      expect(figures()?.plays).toBe(1)
      const againS = Math.max(0, 6.4 - resumedS)
      expect(Math.abs((figures()?.watched_seconds ?? 0) - (13.4 - againS))).toBeLessThanOrEqual(TOLERANCE_S)
    })

    it.each<Switch>([
      ['the next of a playlist, as long as the one before', `${name}/next.mp4`, 0],
      ['another, at the same place', `${name}/next.mp4`, 6.4, 310],
      ['another, a second and more shorter', `${name}/next.mp4`, 6.4, 298.9, 100],
      ['another quality, somewhere else', `${name}/video-720p.mp4`, 8.6],
      ['a stream of unknown duration, from its beginning', `${name}/next.m3u8`, 0, live],
      ['a live stream', `${name}/live.m3u8`, 100, live, live],
    ])('begins anew: %s', (_, address, fromS = 0, durationS = 300, firstS = 300) => {
      const player = new SimulatedPlayer(firstS, 600)
      const { told, figures } = watchVideo(player.element, { marks: ['3s'] })
      player.play()
      player.run(6400)
      player.load(address, durationS)
      player.run(2)
      player.currentTime = fromS
      player.run(7000)
      expect(told()).toEqual(['start', '3s', 'start', '3s'])
      expect(Math.abs((figures()?.watched_seconds ?? 0) - 7)).toBeLessThanOrEqual(TOLERANCE_S)
    })

    it('is not judged before it plays, nor by a place that the player leaves at once', () => {
      const { told, figures } = watchVideo(player.element, { marks: ['3s', '10s'] })
      player.play()
      player.run(6400)
      player.pause()
      player.run(100)
      player.load(`${name}/video-720p.mp4`)
      player.run(10_000)
      player.setMuted(true)
      player.run(1000)
      player.play()
      // Resumes at `playing`, after the trigger has heard of it.
      player.addEventListener('playing', () => (player.currentTime = 6.4), { once: true })
      player.run(7000)
      expect(told()).toEqual(['start', '3s', '10s'])
      expect(Math.abs((figures()?.watched_seconds ?? 0) - 13.4)).toBeLessThanOrEqual(TOLERANCE_S)
    })

    it('goes on over many switches: nothing is lost at any of them', () => {
      const { told } = watchVideo(player.element)
      player.setRate(4)
      player.play()
      for (let place = 0; place < 29; place++) {
        player.run(2500)
        const { currentTime } = player
        player.load(`${name}/video-${place % 2 ? 720 : 480}p.mp4`)
        player.currentTime = currentTime
      }
      player.run(6000)
      expect(told()).toEqual(['start', '25', '50', '75', '90', 'complete'])
    })

    it('goes on in another element', () => {
      const memory: PlaybackMemory = {}
      const first = watchVideo(player.element, { marks: ['3s', '10s'] }, memory)
      player.play()
      player.run(6400)
      first.stop()
      player.load(`${name}/video-720p.mp4`)
      player.currentTime = 6.4
      const second = watchVideo(player.element, { marks: ['3s', '10s'] }, memory)
      player.run(7000)
      expect([...first.told(), ...second.told()]).toEqual(['start', '3s', '10s'])
    })

    it.each([
      ['one key is one video, wherever it goes on', ['a', 'a'], `${name}/next.mp4`, ['start', '3s', '10s']],
      [
        'another key is another video, at the same address',
        ['a', 'b'],
        `${name}/video.mp4`,
        ['start', '3s', 'start', '3s'],
      ],
      [
        'a key that comes late changes nothing',
        [undefined, 'a'],
        `${name}/video.mp4`,
        ['start', '3s', '10s'],
      ],
    ] as const)('%s', (_, [before, after], address, expected) => {
      const { change, told } = watchVideo(player.element, { marks: ['3s', '10s'], key: before })
      player.play()
      player.run(6400)
      change({ key: after })
      player.load(address, address.includes('next') ? 100 : 300)
      player.currentTime = 50
      player.run(7000)
      expect(told()).toEqual(expected)
    })
  })

  it('reads its options late', () => {
    const { change, told } = watchVideo(player.element, { marks: [50] })
    player.play()
    player.run(60_000)
    change({ marks: [10, 20, 90], provider: 'vimeo' })
    player.run(1000)
    expect(told()).toEqual(['start', '10', '20'])
  })

  it('shares wait for a finite duration', () => {
    player.duration = Number.NaN
    const { told, figures, reports } = watchVideo(player.element, { marks: [25, '30s', 100] })
    expect(figures()).toBeUndefined()
    player.duration = Number.POSITIVE_INFINITY
    player.play()
    player.run(80_000)
    expect(told()).toEqual(['start', '30s'])
    expect(reports.at(-1)?.payload).toMatchObject({
      video_duration: 0,
      watched_percent: 0,
      reached_percent: 0,
    })
    player.duration = 300
    player.run(1000)
    expect(told()).toEqual(['start', '30s', '25'])
    expect(figures()?.watched_percent).toBeCloseTo(27, 0)
  })

  it('stops for good: no listener left, no report, twice is harmless, and it can go on', () => {
    const memory: PlaybackMemory = {}
    const { told, stop } = watchVideo(player.element, {}, memory)
    expect(player.listeners).toBeGreaterThan(0)
    expect(player.ownerDocument.listeners).toBe(1)
    player.play()
    player.run(60_000)
    stop()
    expect([player.listeners, player.ownerDocument.listeners]).toEqual([0, 0])
    player.setHidden(false)
    player.run(20_000)
    expect(() => stop()).not.toThrow()
    expect(told()).toEqual(['start'])

    const again = watchVideo(player.element, {}, memory)
    player.run(20_000)
    expect(again.told()).toEqual(['25'])
    expect(again.figures()?.watched_seconds).toBeCloseTo(80, 0)
  })

  it('a custom element before its upgrade does not play, nor one without a source', () => {
    const { ownerDocument } = player
    const node = { getAttribute: () => null, getRootNode: () => ownerDocument, contains: () => false }
    const bare = Object.assign(new EventTarget(), { ownerDocument, ...node })
    const { told } = watchVideo(bare as EventTarget as HTMLVideoElement)
    player.setHidden(false)
    expect(told()).toEqual([])
    Object.assign(bare, { paused: false, currentTime: 0, playbackRate: 1 })
    bare.dispatchEvent(new Event('playing'))
    expect(told()).toEqual(['start'])
  })

  it.each<[string, object]>([
    ['no rate', { playbackRate: undefined }],
    ['a rate that is no number', { playbackRate: Number.NaN }],
    ['a duration of -1 while it is unknown', { duration: -1 }],
    [
      'played ranges that throw',
      {
        get played() {
          throw new Error('not loaded')
        },
      },
    ],
    ['played ranges of another shape', { played: [[0, 300]] }],
    [
      "played ranges that its library guesses from the positions, as YouTube's element does",
      {
        get played() {
          return Object.assign([[0]], { start: () => 0, end: () => player.currentTime })
        },
      },
    ],
  ])('a player with %s: as much is watched as was played, and a jump is none of it', (_, said) => {
    player.silentSeeks = true
    const { figures, told } = watchVideo(elementThatSays(said), { marks: ['8s', '30s', 90] })
    player.play()
    player.run(10_000)
    player.currentTime = 290
    player.run(5000)
    player.pause()
    player.run(100)
    expect(told()).toEqual(['start', '8s'])
    expect(Math.abs((figures()?.watched_seconds ?? 0) - 15)).toBeLessThanOrEqual(TOLERANCE_S)
  })

  it.each([Number.NaN, undefined, Number.POSITIVE_INFINITY])(
    'a position that is %s for a moment is neither a jump nor a second play',
    (missing) => {
      let isMissing = false
      const element = elementThatSays({
        get currentTime() {
          return isMissing ? missing : player.currentTime
        },
      })
      const { figures, told } = watchVideo(element, { marks: ['8s', 90] })
      player.play()
      for (let second = 0; second < 10; second++) {
        player.run(700)
        isMissing = true
        player.run(300)
        isMissing = false
      }
      player.run(300)
      expect(told()).toEqual(['start', '8s'])
      expect(figures()).toMatchObject({ plays: 1, watched_seconds: expect.closeTo(10.3, 0) })
    },
  )

  it('sees the jumps of a player that does not announce them', () => {
    player.silentSeeks = true
    const { figures } = watchVideo(player.element)
    player.play()
    player.run(10_000)
    player.currentTime = 290
    player.run(5000)
    player.currentTime = 3
    player.run(2000)
    expect(player.trulyWatchedS()).toBeCloseTo(15, 1)
    expect(Math.abs((figures()?.watched_seconds ?? 0) - 15)).toBeLessThanOrEqual(TOLERANCE_S)
  })
})

it('takes the last 1 % of a short video for its end, not the last second', () => {
  const player = new SimulatedPlayer(10)
  const { told } = watchVideo(player.element, { marks: [100] })
  player.play()
  player.run(9500)
  player.pause()
  player.run(100)
  expect(told()).toEqual(['start'])
  player.play()
  player.run(440)
  player.pause()
  player.run(100)
  expect(told()).toEqual(['start', '100', 'complete'])
})

describe('each event ends the stretch before it', () => {
  interface State extends Partial<Pick<SimulatedPlayer, 'paused' | 'readyState' | 'playbackRate' | 'muted'>> {
    tab?: 'hidden'
    inPicture?: boolean
  }
  function put(player: SimulatedPlayer, { tab, inPicture, ...fields }: State) {
    Object.assign(player, fields)
    if (tab) player.ownerDocument.visibilityState = tab
    if (inPicture !== undefined) player.ownerDocument.pictureInPictureElement = inPicture ? player : null
  }

  it.each<[string, number, number, State, State]>([
    ['play', 0.2, 0, { paused: true }, { paused: false }],
    ['playing', 0.2, 0, { paused: true }, { paused: false }],
    ['pause', 0.2, 0, {}, { paused: true }],
    ['waiting', 0.2, 0, {}, { readyState: 2 }],
    ['ratechange', 1, 0, {}, { playbackRate: 4 }],
    ['volumechange', 0.2, 0.2, { tab: 'hidden' }, { muted: true }],
    ['visibilitychange', 0.2, 0.2, { muted: true }, { tab: 'hidden' }],
    ['enterpictureinpicture', 0.2, 0.2, { muted: true, tab: 'hidden' }, { inPicture: true }],
    [
      'leavepictureinpicture',
      0.2,
      0.2,
      { muted: true, tab: 'hidden', inPicture: true },
      { inPicture: false },
    ],
  ])('%s', (type, watchedS, hiddenS, before, change) => {
    const player = new SimulatedPlayer(300)
    const { figures } = watchVideo(player.element)
    const at = (positionS: number, type: string) => {
      player.nowMs += 200
      player.silentSeeks = true
      player.currentTime = positionS
      const target = type === 'visibilitychange' ? player.ownerDocument : player
      target.dispatchEvent(new Event(type))
    }
    put(player, { paused: false, ...before })
    at(0, 'timeupdate')
    put(player, change)
    at(0.2, type)
    at(100, 'seeking')
    expect(figures()).toMatchObject({ watched_seconds: watchedS, hidden_seconds: hiddenS })
  })

  it('ended, for players that say nothing else at the end', () => {
    const player = new SimulatedPlayer(0.5)
    const { told } = watchVideo(player.element)
    player.play()
    player.dispatchEvent(new Event('playing'))
    player.nowMs += 500
    player.silentSeeks = true
    player.currentTime = 0.5
    player.paused = true
    player.dispatchEvent(new Event('ended'))
    expect(told()).toEqual(['start', '25', '50', '75', '90', 'complete'])
  })

  it.each([
    ['timeupdate', 0.6],
    ['waiting', 0.4],
  ])('%s, while it plays on without data to come, as WebKitGTK says after a seek', (last, watchedS) => {
    const player = new SimulatedPlayer(300)
    const { figures } = watchVideo(player.element)
    Object.assign(player, { paused: false, readyState: 2, silentSeeks: true })
    for (const [positionS, type] of [
      [0, 'timeupdate'],
      [0.2, 'timeupdate'],
      [0.4, last],
      [100, 'seeking'],
    ] as const) {
      player.nowMs += 200
      player.currentTime = positionS
      player.dispatchEvent(new Event(type))
    }
    expect(figures()).toMatchObject({ watched_seconds: watchedS })
  })

  it('another name, in the middle of a stretch', () => {
    const player = new SimulatedPlayer(300)
    const { change, figures, told } = watchVideo(player.element)
    player.play()
    player.run(10_000)
    change({ name: 'second' })
    expect(figures()).toBeUndefined()
    expect(told()).toEqual(['start', 'start'])
  })
})

it('a live stream passes marks in watched seconds only', () => {
  const player = new SimulatedPlayer(Number.POSITIVE_INFINITY, 3600)
  for (const mode of ['watched', 'reached'] as const) {
    const { told, figures, stop } = watchVideo(player.element, { mode, marks: [25, '30s', 100] })
    player.currentTime = 1000
    player.play()
    player.run(20_000)
    player.currentTime = 2000
    expect(told()).toEqual(['start'])
    player.run(20_000)
    expect(told()).toEqual(['start', '30s'])
    expect(figures()).toMatchObject({ video_duration: 0, watched_percent: 0, reached_percent: 0 })
    player.pause()
    stop()
  }
})

describe('what is ignored', () => {
  const player = () => new SimulatedPlayer(120)

  it('is neither watched nor part of the video: position, duration and marks are without it', () => {
    const video = player()
    const { told, figures, reports } = watchVideo(video.element, {
      marks: [25, 60],
      ignore: [
        [60, 80],
        [0, 15],
        [10, 20],
      ],
    })
    video.play()
    video.run(19_000)
    expect(told()).toEqual([])
    video.run(2000)
    expect(told()).toEqual(['start'])
    expect(reports[0]?.payload).toMatchObject({
      watched_seconds: expect.closeTo(0, 1),
      video_duration: 80,
      plays: 1,
    })
    video.run(38_000)
    expect(told()).toEqual(['start', '25'])
    expect(reports[1]?.payload.video_current_time).toBeCloseTo(20, 0)
    video.run(20_000)
    expect(told()).toEqual(['start', '25'])
    expect(figures()).toMatchObject({ watched_seconds: expect.closeTo(40, 0), watched_percent: 50 })
    video.run(10_000)
    expect(told()).toEqual(['start', '25', '60'])
    video.run(60_000)
    expect(told()).toEqual(['start', '25', '60', 'complete'])
    expect(figures()).toMatchObject({ watched_percent: 100, reached_percent: 100 })
  })

  it('is not the end of the video, although the end begins where it begins', () => {
    const video = new SimulatedPlayer(60)
    const { told } = watchVideo(video.element, {
      ignore: [
        [0.005, 0.005 + 2.651],
        [55.599, 55.599 + 3.867],
      ],
    })
    video.play()
    video.run(4)
    for (let atMs = 55_600; atMs < 59_000; atMs += 7) {
      video.currentTime = atMs / 1000
      video.run(video.seekMs + 10)
      video.currentTime = 0
      video.run(video.seekMs)
    }
    expect(told()).toEqual(['start'])
  })

  it('at the end is not the end: the video is complete when it begins, and not by itself', () => {
    const ignore = [[100, Number.POSITIVE_INFINITY]] as const
    const video = player()
    const watched = watchVideo(video.element, { ignore })
    video.play()
    video.run(1000)
    video.currentTime = 105
    video.run(20_000)
    expect(watched.told()).toEqual(['start'])
    video.currentTime = 90
    video.play()
    video.run(11_000)
    expect(watched.told()).toEqual(['start', 'complete'])
    expect(watched.figures()).toMatchObject({ video_duration: 100, watched_seconds: expect.closeTo(11, 0) })
  })

  it('may be known late, and change', () => {
    const video = player()
    const { change, figures } = watchVideo(video.element)
    video.play()
    video.run(30_000)
    expect(figures()).toMatchObject({
      watched_seconds: expect.closeTo(30, 0),
      watched_percent: expect.closeTo(25, 0),
    })
    change({ ignore: [[10, 30]] })
    expect(figures()).toMatchObject({
      watched_seconds: expect.closeTo(10, 0),
      watched_percent: expect.closeTo(10, 0),
    })
  })

  it('takes what is no stretch for nothing', () => {
    const video = player()
    const { figures } = watchVideo(video.element, {
      ignore: [
        [20, 10],
        [Number.NaN, 30],
        [5, 5],
      ],
    })
    video.play()
    video.run(30_000)
    expect(figures()).toMatchObject({ video_duration: 120, watched_seconds: expect.closeTo(30, 0) })
  })
})

describe('without an end', () => {
  it.each<[string, number, { live?: boolean }]>([
    ['an infinite duration', Number.POSITIVE_INFINITY, {}],
    ['one of 2^32 seconds, as some players say', 2 ** 32, {}],
    ['a duration that grows, where the host says so', 60, { live: true }],
  ])('is %s', (_, duration, options) => {
    const player = new SimulatedPlayer(duration, 3600)
    const { told, figures } = watchVideo(player.element, { marks: [1, '20s', 90], ...options })
    player.play()
    for (let segment = 0; segment < 5; segment++) {
      player.run(6000)
      if (options.live) player.duration += 6
    }
    expect(told()).toEqual(['start', '20s'])
    expect(figures()).toMatchObject({ live: true, video_duration: 0, watched_percent: 0, reached_percent: 0 })
  })

  it('a recording that grows passes the shares of what there is, none twice, and ends when it rests', () => {
    const player = new SimulatedPlayer(20, 3600)
    const { told } = watchVideo(player.element)
    player.play()
    player.run(11_000)
    expect(told()).toEqual(['start', '25', '50'])
    player.duration = 40
    player.run(8000)
    expect(told()).toEqual(['start', '25', '50'])
    player.run(12_000)
    expect(told()).toEqual(['start', '25', '50', '75'])
    player.run(8700)
    player.stall(3000)
    player.run(2000)
    expect(told()).toEqual(['start', '25', '50', '75', '90'])
    player.duration = 60
    player.run(30_000)
    expect(told()).toEqual(['start', '25', '50', '75', '90', 'complete'])
  })
})

describe('who began', () => {
  it("is told by the user's last click or key, anew with each start, and the silence with it", () => {
    const player = new SimulatedPlayer(300)
    const { figures, reports } = watchVideo(player.element)
    const { userActivation } = player.ownerDocument.defaultView.navigator
    userActivation.isActive = false
    player.muted = true
    player.play()
    player.run(1000)
    expect(reports[0]?.payload).toMatchObject({ autoplay: true, muted: true })
    userActivation.isActive = true
    player.setMuted(false)
    player.run(1000)
    expect(figures()).toMatchObject({ autoplay: true, muted: false })
    player.pause()
    player.run(500)
    player.play()
    player.run(500)
    userActivation.isActive = false
    player.run(90_000)
    expect(reports.at(-1)).toMatchObject({ factKey: 'video:25', payload: { autoplay: false } })
  })
})

describe('a video that outlives its page', () => {
  it('goes on there, and what was told is not told again', () => {
    const player = new SimulatedPlayer(100)
    const { change, told, figures } = watchVideo(player.element)
    player.play()
    player.run(60_000)
    change({ page: 2 })
    player.run(41_000)
    expect(told()).toEqual(['start', '25', '50', '75', '90', 'complete'])
    expect(figures()?.plays).toBe(1)
  })

  it.each(['sent back', 'in a loop'])('begins anew when it is played from its beginning there: %s', (how) => {
    const player = new SimulatedPlayer(100)
    const { change, told, figures } = watchVideo(player.element)
    player.loop = how === 'in a loop'
    player.play()
    player.run(60_000)
    change({ page: 2 })
    if (how === 'sent back') player.currentTime = 0
    else player.run(40_000)
    player.run(30_000)
    const anew = () => told().slice(told().lastIndexOf('start'))
    expect(told().filter((mark) => mark === 'start')).toHaveLength(2)
    expect(anew()).toEqual(['start', '25'])
    expect(figures()).toMatchObject({ plays: 1, watched_seconds: expect.closeTo(30, 0) })
    player.currentTime = 0
    player.run(30_000)
    expect(told().filter((mark) => mark === 'start')).toHaveLength(2)
    expect(anew()).toEqual(['start', '25'])
    expect(figures()?.plays).toBe(2)
  })
})

describe('any trace of play, pause, seek, rate, stall, loop, mute, hide, busy page', () => {
  const lengthS = 60
  const MARKS = [10, 20, 30, 40, 50, 60, 70, 80, 90]
  let videos = 0
  const ms = (max: number) => fc.integer({ min: 0, max: max / 2 }).map((half) => half * 2)
  const actions = {
    play: (player: SimulatedPlayer) => player.play(),
    pause: (player: SimulatedPlayer) => player.pause(),
    seek: (player: SimulatedPlayer, toS: number) => {
      player.currentTime = toS
    },
    step: (player: SimulatedPlayer, byS: number) => {
      player.currentTime = Math.max(0, player.currentTime + byS)
    },
    rate: (player: SimulatedPlayer, rate: number) => player.setRate(rate),
    stall: (player: SimulatedPlayer, forMs: number) => player.stall(forMs),
    block: (player: SimulatedPlayer, forMs: number) => {
      player.run(player.latencyMs * 2)
      player.block(forMs)
    },
    mute: (player: SimulatedPlayer, on: number) => player.setMuted(on > 0),
    hide: (player: SimulatedPlayer, on: number) => player.setHidden(on > 0),
    loop: (player: SimulatedPlayer, on: number) => {
      player.loop = on > 0
    },
    /** A recording that goes on. */
    grow: (player: SimulatedPlayer, byS: number) => {
      player.duration = Math.min(player.duration + byS, 2 * lengthS)
    },
    /** Another video in the same element: of the same duration, it may be the same video in another quality. */
    load: (player: SimulatedPlayer) => {
      const otherS = player.duration > 1.5 * lengthS ? -5 : 5
      player.load(`https://example.test/${++videos}.mp4`, player.duration + otherS)
    },
  }
  type Act = readonly [keyof typeof actions, number]
  const action = (name: keyof typeof actions, amount: fc.Arbitrary<number> = fc.constant(0)) =>
    fc.tuple(fc.constant(name), amount)
  const seconds = (min: number, max: number) =>
    fc.integer({ min: min * 1000, max: max * 1000 }).map((count) => count / 1000)
  const flag = fc.constantFrom(0, 1)
  const usual = [
    action('play'),
    action('pause'),
    action('seek', seconds(0, lengthS)),
    action('step', seconds(-0.6, 0.6)),
    action('rate', fc.constantFrom(0.5, 1, 1.5, 2, 4)),
    action('stall', ms(3000)),
    action('block', ms(400)),
    action('mute', flag),
    action('hide', flag),
    action('loop', flag),
  ]
  const traceOf = (...more: fc.Arbitrary<[keyof typeof actions, number]>[]) =>
    fc.array(fc.tuple(fc.oneof(...usual, ...more), ms(4000)), { minLength: 5, maxLength: 30 })
  const stretches = fc.array(fc.tuple(seconds(0, lengthS), seconds(0, 15)), { maxLength: 3 })
  const ignored = stretches.map((all) => all.map(([fromS, forS]) => [fromS, fromS + forS] as const))

  /** Runs it, and notes what was true when a mark was told. */
  function run(
    player: SimulatedPlayer,
    steps: readonly (readonly [Act, number])[],
    seekMs: number,
    ignore: Spans = [],
  ) {
    player.ignore(ignore)
    player.seekMs = player.latencyMs * 2 + seekMs
    const video = watchVideo(player.element, { marks: MARKS, ignore })
    const truths: { readonly watchedS: number; readonly lastsS: number; readonly endSeenS: number }[] = []
    const note = () => {
      const lastsS = player.trulyLastsS()
      const endSeenS = player.trulyWatchedS(0.99 * lastsS - TOLERANCE_S)
      const truth = { watchedS: player.trulyWatchedS(), lastsS, endSeenS }
      while (truths.length < video.reports.length) truths.push(truth)
    }
    player.play()
    for (const [[name, amount], afterMs] of steps) {
      actions[name](player, amount)
      for (let leftMs = afterMs; leftMs > 0; leftMs -= 500) {
        player.run(Math.min(leftMs, 500))
        if (truths.length < video.reports.length) note()
      }
    }
    player.pause()
    player.run(500)
    note()
    return { ...video, truths }
  }

  function expectTrue(player: SimulatedPlayer, { figures, reports, truths }: ReturnType<typeof run>) {
    const shown = figures()
    const truth = player.trulyWatchedS()
    expect(Math.abs((shown?.watched_seconds ?? 0) - truth)).toBeLessThanOrEqual(TOLERANCE_S)
    if (shown) expect(Math.abs(shown.hidden_seconds - player.trulyHiddenS)).toBeLessThanOrEqual(TOLERANCE_S)

    // Of the video that is on: another one begins with its start.
    const from = reports.findLastIndex(({ payload }) => payload.video_url !== shown?.video_url) + 1
    const told = reports.slice(from).map(({ factKey }) => factKey.slice('video:'.length))
    expect(new Set(told).size).toBe(told.length)
    if (told.length) expect(told[0]).toBe('start')
    const marks = told.map(Number).filter(Boolean)
    expect(marks).toEqual(marks.toSorted((a, b) => a - b))
    told.forEach((mark, index) => {
      const { watchedS = 0, lastsS = 0, endSeenS = 0 } = truths[from + index] ?? {}
      if (mark === 'complete') expect(endSeenS).toBeGreaterThan(0)
      else if (mark !== 'start')
        expect(watchedS).toBeGreaterThanOrEqual((Number(mark) / 100) * lastsS - TOLERANCE_S)
    })
    if (shown)
      for (const mark of MARKS)
        if (truth >= (mark / 100) * player.trulyLastsS() + TOLERANCE_S) expect(marks).toContain(mark)
  }

  it('is known to half a second, and each mark is told once, in order, and only when it is true', () => {
    fc.assert(
      fc.property(traceOf(), ms(300), (steps, seekMs) => {
        const player = new SimulatedPlayer(lengthS)
        expectTrue(player, run(player, steps, seekMs))
      }),
      { numRuns: 200 },
    )
  })

  it('with stretches that are ignored, also where they overlap, in a video that grows or gives way to another', () => {
    const trace = traceOf(action('grow', seconds(0, 20)), action('load'))
    fc.assert(
      fc.property(trace, ms(300), ignored, (steps, seekMs, stretches) => {
        const player = new SimulatedPlayer(lengthS, 2 * lengthS)
        expectTrue(player, run(player, steps, seekMs, stretches))
      }),
      { numRuns: 200 },
    )
  })

  it('of a live stream: marks in seconds, exactly when that much was watched', () => {
    const MARKS_S = ['5s', '10s', '20s', '40s'] as const
    fc.assert(
      fc.property(traceOf(), ms(300), seconds(0, lengthS), (steps, seekMs, joinedS) => {
        const player = new SimulatedPlayer(Number.POSITIVE_INFINITY, 10 * lengthS)
        player.seekMs = player.latencyMs * 2 + seekMs
        const { figures, reports } = watchVideo(player.element, { marks: [25, ...MARKS_S, 100] })
        player.currentTime = joinedS
        player.play()
        let heard = 0
        for (const [[name, amount], afterMs] of steps) {
          actions[name](player, amount)
          for (let leftMs = afterMs; leftMs > 0; leftMs -= 500) {
            player.run(Math.min(leftMs, 500))
            for (; heard < reports.length; heard++)
              expect(player.trulyWatchedS()).toBeGreaterThanOrEqual(
                Number.parseFloat(reports[heard]?.payload.video_mark ?? '') - TOLERANCE_S || 0,
              )
          }
        }
        player.pause()
        player.run(500)
        const truth = player.trulyWatchedS()
        const shown = figures()
        expect(Math.abs((shown?.watched_seconds ?? 0) - truth)).toBeLessThanOrEqual(TOLERANCE_S)
        const told = reports.slice(1).map(({ payload }) => payload.video_mark)
        expect(told).toEqual(MARKS_S.slice(0, told.length))
        for (const mark of MARKS_S)
          if (shown && truth >= Number.parseFloat(mark) + TOLERANCE_S) expect(told).toContain(mark)
        for (const { payload } of reports)
          expect(payload).toMatchObject({ live: true, video_duration: 0, watched_percent: 0 })
      }),
      { numRuns: 200 },
    )
  })
})
