import { cleanup, configure } from '@testing-library/react'
import Hls, { type HlsConfig } from 'hls.js'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { useVideoProgress, useVideoSummary, VideoProgress } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { onTheAir } from '../../support/live-stream.ts'
import { plan } from './plan.ts'

configure({ reactStrictMode: true })
afterEach(() => {
  Reflect.deleteProperty(document, 'visibilityState')
  cleanup()
})

const stream = new URL('../../fixtures/tour-hls/index.m3u8', import.meta.url).href
const tour = new URL('../../fixtures/tour.webm', import.meta.url).href
const tourMp4 = new URL('../../fixtures/tour.mp4', import.meta.url).href
const teaser = new URL('../../fixtures/teaser.webm', import.meta.url).href
const episode = new URL('../../fixtures/episode.ogg', import.meta.url).href
const TOLERANCE_S = 0.5

const render = (ui: ReactElement) => renderWithTracking(ui, { plan })
type Tracking = ReturnType<typeof render>

const player = (id = 'player') => page.getByTestId(id).element() as HTMLVideoElement
const told = ({ decisions }: Tracking) => decisions().map(({ trigger }) => trigger.factKey)
const until = (condition: () => boolean) => vi.waitUntil(condition, { interval: 5 })

/** What arrived at the destination. */
async function arrived({ tracker, destination }: Tracking) {
  await tracker.flush()
  return destination.events.map(
    ({ name, properties }) => ({ name, ...properties }) as Record<string, unknown>,
  )
}

async function load(media: HTMLMediaElement, rate = 1) {
  await until(() => media.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA)
  media.playbackRate = rate
}

async function playTo(media: HTMLMediaElement, positionS: number) {
  await media.play()
  await until(() => media.ended || media.currentTime >= positionS)
}

async function pause(media: HTMLMediaElement) {
  media.pause()
  await until(() => media.paused)
  await new Promise((done) => setTimeout(done))
}

const secondsOf = ({ played }: HTMLMediaElement) =>
  Array.from({ length: played.length }, (_, index) => played.end(index) - played.start(index)).reduce(
    (sum, seconds) => sum + seconds,
    0,
  )

function hide(hidden: boolean) {
  const value = hidden ? 'hidden' : 'visible'
  Object.defineProperty(document, 'visibilityState', { configurable: true, value })
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('a custom element', () => {
  // Nothing has imported its package yet.
  it('that is upgraded only after it was mounted is watched from then on', async () => {
    expect(customElements.get('hls-video')).toBeUndefined()
    const tracking = render(
      <VideoProgress
        name="stream"
        provider="hls"
        render={<hls-video src={`${stream}?token=secret`} muted preload="auto" data-testid="player" />}
      />,
    )
    expect(player().play).toBeUndefined()
    await import('hls-video-element')
    await load(player(), 4)
    await playTo(player(), Number.POSITIVE_INFINITY)
    await until(() => told(tracking).includes('stream:complete'))
    const events = await arrived(tracking)
    expect(events.map(({ video_mark }) => video_mark)).toEqual([
      'start',
      '25%',
      '50%',
      '75%',
      '90%',
      'complete',
    ])
    expect(events.at(-1)).toMatchObject({
      name: 'video_complete',
      video_url: stream,
      video_provider: 'hls',
      video_duration: expect.closeTo(12, 0),
      live: false,
    })
    expect(Math.abs(Number(events.at(-1)?.['watched_seconds']) - secondsOf(player()))).toBeLessThanOrEqual(
      TOLERANCE_S,
    )
    expect(JSON.stringify(events)).not.toContain('secret')
  })

  it('of the hook passes no mark by a jump, and another key in it is another video', async () => {
    function Own() {
      const [key, setKey] = useState('first')
      const ref = useVideoProgress({ name: 'stream', key, marks: [25, 50] })
      return (
        <>
          <hls-video ref={ref} src={`${stream}#${key}`} muted preload="auto" data-testid="player" />
          <button type="button" onClick={() => setKey('second')}>
            Another
          </button>
        </>
      )
    }
    const tracking = render(<Own />)
    await load(player())
    await playTo(player(), 1)
    player().currentTime = 11
    await playTo(player(), Number.POSITIVE_INFINITY)
    await until(() => told(tracking).includes('stream:complete'))
    expect(told(tracking)).toEqual(['stream:start', 'stream:complete'])
    await userEvent.click(page.getByRole('button'))
    await until(() => player().currentTime === 0)
    await load(player(), 4)
    await playTo(player(), 4)
    await pause(player())
    const marks = (await arrived(tracking)).map(({ video_mark }) => video_mark)
    expect(told(tracking).slice(2)).toEqual(['stream:start', 'stream:25'])
    // On the same page the rules of the plan let the second start be.
    expect(marks).toEqual(['start', 'complete', '25%'])
  })
})

interface StreamProps extends Pick<Parameters<typeof VideoProgress>[0], 'live' | 'marks' | 'ignore'> {
  readonly config?: Partial<HlsConfig>
}

/** As an application uses hls.js: under StrictMode it is attached twice, with another blob address each time. */
function Stream({ config, ...props }: StreamProps) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const hls = new Hls({ ...config })
    hls.loadSource(stream)
    if (video.current) hls.attachMedia(video.current)
    return () => hls.destroy()
  }, [config])
  return <VideoProgress ref={video} name="stream" muted data-testid="player" {...props} />
}

describe('hls.js', () => {
  it('is a video like any other: marks by what was played, jumps and attaching anew included', async () => {
    const tracking = render(<Stream marks={[25, '5s', 90]} />)
    await load(player(), 4)
    await playTo(player(), 2)
    player().currentTime = 8
    await playTo(player(), Number.POSITIVE_INFINITY)
    await until(() => told(tracking).includes('stream:complete'))
    const events = await arrived(tracking)
    expect(events.map(({ video_mark }) => video_mark)).toEqual(['start', '25%', '5s', 'complete'])
    const { watched_seconds, video_url } = events.at(-1) ?? {}
    expect(Math.abs(Number(watched_seconds) - secondsOf(player()))).toBeLessThanOrEqual(TOLERANCE_S)
    expect(video_url).toBe('')
  })

  it.each<[string, StreamProps]>([
    ['as hls.js tells it: a duration that grows', { live: true, config: onTheAir() }],
    ['by its infinite duration', { config: { ...onTheAir(), liveDurationInfinity: true } }],
  ])('live has no shares, %s', async (_, props) => {
    const tracking = render(<Stream marks={[1, 25, '2s', 100]} {...props} />)
    await load(player())
    const firstS = player().duration
    await player().play()
    await until(() => told(tracking).includes('stream:2s'))
    if (props.live) await until(() => player().duration > firstS)
    else expect(firstS).toBe(Number.POSITIVE_INFINITY)
    await pause(player())
    const events = await arrived(tracking)
    expect(events.map(({ video_mark }) => video_mark)).toEqual(['start', '2s'])
    for (const event of events)
      expect(event).toMatchObject({ live: true, video_duration: 0, watched_percent: 0, reached_percent: 0 })
    expect(Math.abs(Number(events[1]?.['watched_seconds']) - 2)).toBeLessThanOrEqual(TOLERANCE_S)
  })
})

describe('a source of the host', () => {
  it('that grows on the way passes each share once, of what there is then', async () => {
    const bytes = await (await fetch(teaser)).arrayBuffer()
    const tracking = render(<VideoProgress name="recording" muted data-testid="player" />)
    const source = new MediaSource()
    player().src = URL.createObjectURL(source)
    await until(() => source.readyState === 'open')
    const buffer = source.addSourceBuffer('video/webm; codecs="vp9, opus"')
    const append = async (offsetS: number) => {
      buffer.timestampOffset = offsetS
      buffer.appendBuffer(bytes)
      await until(() => !buffer.updating)
    }
    await append(0)
    const firstS = source.duration
    await load(player(), 2)
    await playTo(player(), firstS * 0.6)
    await pause(player())
    expect(told(tracking)).toEqual(['recording:start', 'recording:25', 'recording:50'])
    await append(firstS)
    await until(() => player().duration > firstS * 1.5)
    await playTo(player(), firstS * 1.3)
    expect(told(tracking)).toEqual(['recording:start', 'recording:25', 'recording:50'])
    source.endOfStream()
    await playTo(player(), firstS * 3)
    await until(() => told(tracking).includes('recording:complete'))
    const marks = (await arrived(tracking)).map(({ video_mark }) => video_mark)
    expect(marks).toEqual(['start', '25%', '50%', '75%', '90%', 'complete'])
  })
})

describe('sound', () => {
  it('is watched too, by the component and by the hook', async () => {
    function Own() {
      const ref = useVideoProgress({ name: 'own', marks: ['1s', 100] })
      // biome-ignore lint/a11y/useMediaCaption: a chord
      return <audio ref={ref} src={episode} data-testid="own" />
    }
    const tracking = render(
      <>
        {/* biome-ignore lint/a11y/useMediaCaption: a chord */}
        <VideoProgress name="episode" render={<audio src={episode} controls data-testid="player" />} />
        <Own />
        <button type="button">Listen</button>
      </>,
    )
    await userEvent.click(page.getByRole('button'))
    await load(player(), 4)
    await load(player('own'), 4)
    await playTo(player('own'), 2)
    await pause(player('own'))
    await playTo(player(), 6)
    await until(() => told(tracking).includes('episode:complete'))
    const events = await arrived(tracking)
    const of = (title: string) =>
      events.filter(({ video_title }) => video_title === title).map(({ video_mark }) => video_mark)
    expect(of('episode')).toEqual(['start', '25%', '50%', '75%', '90%', 'complete'])
    expect(of('own')).toEqual(['start', '1s'])
    expect(events[0]).toMatchObject({ video_url: episode, muted: false, autoplay: false })
  })
})

describe('who began', () => {
  it('is nobody, where a video plays by itself, and the user after a click', async () => {
    const tracking = render(
      <>
        <VideoProgress name="hero" src={teaser} autoPlay muted data-testid="hero" />
        <VideoProgress name="tour" src={tour} muted data-testid="tour" />
        <button type="button" onClick={() => void player('tour').play()}>
          Play
        </button>
      </>,
    )
    // Also after a click that led here: the one in the test before may still count.
    await until(() => told(tracking).includes('hero:start'))
    await userEvent.click(page.getByRole('button'))
    await until(() => told(tracking).includes('tour:start'))
    const starts = (await arrived(tracking)).filter(({ name }) => name === 'video_start')
    expect(starts).toMatchObject([
      { video_title: 'hero', autoplay: true, muted: true },
      { video_title: 'tour', autoplay: false, muted: true },
    ])
  })
})

describe('picture-in-picture', () => {
  it('is watched in a hidden tab, though muted', async () => {
    const tracking = render(
      <>
        <VideoProgress name="tour" src={tour} muted marks={['3s']} data-testid="player" />
        <button type="button" onClick={() => void player().requestPictureInPicture()}>
          Pop out
        </button>
      </>,
    )
    await load(player(), 2)
    await playTo(player(), 0.5)
    await userEvent.click(page.getByRole('button'))
    await until(() => document.pictureInPictureElement === player())
    hide(true)
    await until(() => told(tracking).includes('tour:3s'))
    const [, mark] = await arrived(tracking)
    expect(mark).toMatchObject({ video_mark: '3s', hidden_seconds: 0, visible: false })
    await document.exitPictureInPicture()
  })
})

describe('a player that outlives its page', () => {
  it('goes on with what is left, and played again from its beginning reports again', async () => {
    const tracking = render(
      <VideoProgress name="tour" src={teaser} muted marks={[25, 75]} data-testid="player" />,
    )
    tracking.tracker.page({ path: '/first' })
    await load(player(), 4)
    await playTo(player(), 2)
    await pause(player())
    tracking.tracker.page({ path: '/second' })
    await playTo(player(), 4)
    await until(() => told(tracking).includes('tour:complete'))
    player().currentTime = 0
    await playTo(player(), 2)
    await until(() => told(tracking).filter((key) => key === 'tour:25').length === 2)
    await pause(player())
    await tracking.tracker.flush()
    const events = tracking.destination.events.filter(({ name }) => name.startsWith('video'))
    expect(events.map((event) => `${event.page.path} ${event.properties['video_mark']}`)).toEqual([
      '/first start',
      '/first 25%',
      '/second 75%',
      '/second complete',
      '/second start',
      '/second 25%',
    ])
  })
})

describe('useVideoSummary', () => {
  function Summed({ name = 'tour', note = '' }) {
    const ref = useVideoSummary({ name, properties: { note } })
    return <VideoProgress ref={ref} name={name} src={tour} muted data-testid="player" />
  }
  const summaries = async (tracking: Tracking) =>
    (await arrived(tracking)).filter(({ name }) => name === 'video_summary')

  it('tells by a second ref how a video was watched, once it goes', async () => {
    const tracking = render(<Summed note="mine" />)
    await load(player(), 2)
    await playTo(player(), 2)
    await pause(player())
    await playTo(player(), 3)
    player().currentTime = 1
    await until(() => !player().seeking)
    await playTo(player(), 2.5)
    const video = player()
    await pause(video)
    expect(await summaries(tracking)).toEqual([])
    tracking.rerender(<p>Gone</p>)
    await until(() => told(tracking).includes('tour'))
    const [summary, ...none] = await summaries(tracking)
    expect(none).toEqual([])
    expect(summary).toMatchObject({
      video_title: 'tour',
      note: 'mine',
      seeks: 1,
      pauses: 2,
      average_rate: 2,
      live: false,
    })
    const { watched_seconds, rewatched_seconds, longest_seconds } = summary as Record<string, number>
    expect(Math.abs(Number(watched_seconds) - secondsOf(video))).toBeLessThanOrEqual(TOLERANCE_S)
    expect(Number(rewatched_seconds)).toBeGreaterThan(1)
    expect(Number(longest_seconds)).toBeLessThanOrEqual(Number(watched_seconds))
  })

  it.each(['name', 'address'])(
    'has the figures of its video when another takes its place: %s',
    async (by) => {
      function Playlist({ next = false }) {
        const name = next && by === 'name' ? 'teaser' : 'tour'
        const ref = useVideoSummary({ name })
        return <video ref={ref} src={next ? teaser : tour} muted preload="auto" data-testid="player" />
      }
      const tracking = render(<Playlist />)
      await load(player(), 4)
      await playTo(player(), 6)
      await pause(player())
      tracking.rerender(<Playlist next />)
      await load(player(), 4)
      await playTo(player(), 4)
      hide(true)
      const [first, second] = await summaries(tracking)
      expect(first).toMatchObject({ video_url: tour, video_title: 'tour', seeks: 0 })
      expect(Number(first?.['video_duration'])).toBeCloseTo(12, 0)
      expect(Number(first?.['watched_percent'])).toBeGreaterThan(45)
      expect(Number(first?.['reached_percent'])).toBeGreaterThan(45)
      expect(second).toMatchObject({ video_url: teaser, seeks: 0 })
      expect(Number(second?.['video_duration'])).toBeCloseTo(4, 0)
    },
  )

  it.each(['another quality', 'a renewed signature'])('counts no seek at %s', async (kind) => {
    function Renewed({ next = false }) {
      const ref = useVideoSummary({ name: 'tour' })
      const other = kind === 'another quality' ? tourMp4 : `${tour}?signature=2`
      return <video ref={ref} src={next ? other : tour} muted preload="auto" data-testid="player" />
    }
    const tracking = render(<Renewed />)
    await load(player(), 4)
    await playTo(player(), 5)
    const place = player().currentTime
    tracking.rerender(<Renewed next />)
    player().currentTime = place
    await playTo(player(), 7)
    await pause(player())
    hide(true)
    const [summary, ...none] = await summaries(tracking)
    expect(none).toEqual([])
    expect(summary).toMatchObject({ seeks: 0, plays: 1 })
  })

  it('goes to the page where it was watched, and to the video it was of', async () => {
    const tracking = render(<Summed note="first" />)
    tracking.tracker.page({ path: '/first' })
    await load(player(), 2)
    await playTo(player(), 1.5)
    await pause(player())
    tracking.tracker.page({ path: '/second' })
    await playTo(player(), 2.5)
    await pause(player())
    tracking.rerender(<Summed name="other" note="second" />)
    await playTo(player(), 3.5)
    await pause(player())
    hide(true)
    await tracking.tracker.flush()
    const events = tracking.destination.events.filter(({ name }) => name === 'video_summary')
    expect(
      events.map(({ page: { path }, properties: { video_title, note } }) => [path, video_title, note]),
    ).toEqual([
      ['/first', 'tour', 'first'],
      ['/second', 'tour', 'first'],
      ['/second', 'other', 'second'],
    ])
  })
})
