import { cleanup, configure } from '@testing-library/react'
import { Activity, createRef, type ReactElement, Suspense, use } from 'react'
import { useVideoProgress, type VideoMark, VideoProgress } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page } from 'vitest/browser'
import { plan, soon } from './plan.ts'

configure({ reactStrictMode: true })

afterEach(() => {
  vi.restoreAllMocks()
  cleanup()
})

const tour = new URL('../../fixtures/tour.webm', import.meta.url).href
const render = (ui: ReactElement) => renderWithTracking(ui, { plan })
type Tracking = ReturnType<typeof render>

const player = () => page.getByTestId('player').element() as HTMLVideoElement
const told = ({ decisions }: Tracking) => decisions().map(({ trigger }) => trigger.factKey)
const until = (condition: () => boolean) => vi.waitUntil(condition, { interval: 5 })

/** Without a preload, Firefox may wait with the rest of the video until it is played. */
async function canPlay(video: HTMLVideoElement) {
  video.preload = 'auto'
  await until(() => video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA)
}

async function playTo(positionS: number) {
  const video = player()
  await canPlay(video)
  video.playbackRate = 4
  await video.play()
  await until(() => video.ended || video.currentTime >= positionS)
  video.pause()
  await until(() => video.paused)
  await soon()
}

/** A video that plays as far as its properties say: what the hook is told, without waiting for a decoder. */
function pretendToPlay(video: HTMLElement) {
  const playing = { paused: false, seeking: false, readyState: 4, duration: 100, currentSrc: '' }
  for (const [name, value] of Object.entries(playing)) {
    Object.defineProperty(video, name, { configurable: true, value })
  }
  video.dispatchEvent(new Event('playing'))
}

describe('a video that is played', () => {
  it('is start and marks, in percent and in seconds, once each', async () => {
    const tracking = render(
      <VideoProgress
        name="tour"
        marks={[25, '1s', 90]}
        src={`${tour}?secret=1`}
        muted
        width={320}
        data-testid="player"
      />,
    )
    await until(() => player().duration > 0)
    await playTo(player().duration / 2)
    await until(() => told(tracking).length > 2)
    expect(new Set(told(tracking))).toEqual(new Set(['tour:start', 'tour:1s', 'tour:25']))
    expect(tracking.decisions()).toHaveLength(3)
    expect(tracking.decisions()[0]).toMatchObject({
      event: 'video_start',
      outcome: 'fired',
      properties: { video_title: 'tour', video_provider: 'html5', video_url: tour, video_percent: 0 },
      trigger: { component: 'VideoProgress', fact: 'start' },
    })
    expect(tracking.decisions()).toContainEqual(
      expect.objectContaining({
        event: 'video_progress',
        outcome: 'fired',
        properties: expect.objectContaining({ video_mark: '25%', video_percent: 25 }),
      }),
    )
  })

  it('loses nothing while its component renders again and again, with refs and objects written inline', async () => {
    const ui = (count: number) => (
      <VideoProgress
        name="tour"
        marks={[10, 20]}
        properties={{ count }}
        src={tour}
        muted
        data-testid="player"
        ref={(element) => void element}
      />
    )
    const tracking = render(ui(0))
    const video = player()
    await canPlay(video)
    video.playbackRate = 2
    await video.play()
    let count = 0
    await until(() => {
      tracking.rerender(ui(++count))
      return told(tracking).includes('tour:20') || video.ended
    })
    const last = tracking.decisions().at(-1)?.properties
    const figure = (name: string) => Number(last?.[name])
    expect(count).toBeGreaterThan(10)
    expect(figure('video_current_time') - figure('watched_seconds')).toBeLessThan(0.5)
  })

  it('is another video under another name', async () => {
    const ui = (name: string) => <VideoProgress name={name} src={tour} muted data-testid="player" />
    const tracking = render(ui('tour'))
    await playTo(0.2)
    tracking.rerender(ui('trailer'))
    await playTo(0.4)
    expect(told(tracking)).toEqual(['tour:start', 'trailer:start'])
  })
})

describe('one showing', () => {
  const never = new Promise<never>(() => {})
  const Suspending = ({ suspended }: { suspended: boolean }) => (suspended ? use(never) : null)
  const video = <VideoProgress name="tour" data-testid="player" events={{ start: 'video_start' }} />

  it.each<[string, (hidden: boolean) => ReactElement]>([
    ['Activity', (hidden) => <Activity mode={hidden ? 'hidden' : 'visible'}>{video}</Activity>],
    [
      'Suspense',
      (hidden) => (
        <Suspense>
          <Suspending suspended={hidden} />
          {video}
        </Suspense>
      ),
    ],
  ])('goes on after it was hidden by %s', async (_, ui) => {
    const tracking = render(ui(false))
    pretendToPlay(player())
    tracking.rerender(ui(true))
    await soon()
    player().dispatchEvent(new Event('timeupdate'))
    tracking.rerender(ui(false))
    pretendToPlay(player())
    expect(tracking.decisions()).toMatchObject([{ event: 'video_start', outcome: 'fired' }])
  })

  it('counts once on a page, also when the component is mounted again', () => {
    const ui = (key: string) => <VideoProgress key={key} name="tour" data-testid="player" />
    const tracking = render(ui('a'))
    pretendToPlay(player())
    tracking.rerender(ui('b'))
    pretendToPlay(player())
    expect(tracking.decisions()).toMatchObject([
      { event: 'video_start', outcome: 'fired' },
      { event: 'video_start', outcome: 'dropped', reason: 'frequency' },
    ])
  })

  it('maps facts to events, with what a fact lacks', () => {
    const tracking = render(
      <VideoProgress
        name="tour"
        data-testid="player"
        properties={{ series: 'onboarding' }}
        events={{ start: { event: 'tour_finished', properties: { chapter: 1 } }, progress: undefined }}
      />,
    )
    pretendToPlay(player())
    expect(tracking.decisions()).toMatchObject([
      { event: 'tour_finished', properties: { video_title: 'tour', series: 'onboarding', chapter: 1 } },
    ])
  })
})

describe('a guest', () => {
  it('is the element alone, and everything else passes through', () => {
    const object = createRef<HTMLVideoElement>()
    const calls: (string | undefined)[] = []
    const ui = (ref: (element: HTMLVideoElement | null) => void) => (
      <>
        <VideoProgress
          name="tour"
          marks={[25]}
          mode="reached"
          provider="own"
          events={{ start: 'video_start' }}
          properties={{ a: 1 }}
          id="video"
          className="wide"
          controls
          loop
          playsInline
          preload="none"
          poster="data:,"
          ref={object}
        >
          <track kind="captions" src="data:," />
        </VideoProgress>
        <VideoProgress name="other" ref={ref} />
      </>
    )
    const { container, unmount } = render(ui((element) => void calls.push(element?.localName)))
    expect(container.innerHTML).toBe(
      '<video id="video" class="wide" controls="" loop="" playsinline="" preload="none" poster="data:,"><track kind="captions" src="data:,"></video><video></video>',
    )
    expect(object.current).toBe(container.firstChild)
    unmount()
    expect(object.current).toBeNull()
    // StrictMode attaches twice.
    expect(calls).toEqual(['video', undefined, 'video', undefined])
  })

  it('calls the handlers of the consumer, and never touches playback', () => {
    const onPlaying = vi.fn()
    const play = vi.spyOn(HTMLMediaElement.prototype, 'play')
    const pause = vi.spyOn(HTMLMediaElement.prototype, 'pause')
    const load = vi.spyOn(HTMLMediaElement.prototype, 'load')
    render(<VideoProgress name="tour" data-testid="player" onPlaying={onPlaying} />)
    pretendToPlay(player())
    expect(onPlaying).toHaveBeenCalledTimes(1)
    expect([play, pause, load].map((spy) => spy.mock.calls.length)).toEqual([0, 0, 0])
  })

  it.each([
    // biome-ignore lint/a11y/useMediaCaption: nothing is played
    ['an element', <VideoProgress key="a" name="podcast" render={<audio data-testid="player" />} />],
    [
      'a function',
      <VideoProgress
        key="b"
        name="podcast"
        render={({ ref, ...props }) => <audio {...props} ref={ref as never} data-testid="player" />}
      />,
    ],
    [
      'a custom element',
      <VideoProgress key="c" name="podcast" render={<hls-video data-testid="player" />} />,
    ],
  ])('swaps the element: %s', (_, ui) => {
    const tracking = render(ui)
    pretendToPlay(player())
    expect(told(tracking)).toEqual(['podcast:start'])
    expect(tracking.container.children).toHaveLength(1)
    expect(tracking.container.firstElementChild).toBe(player())
  })

  it('is the hook, for an element of your own', () => {
    function Own() {
      const ref = useVideoProgress({ name: 'own', events: { start: 'video_start' } })
      // biome-ignore lint/a11y/useMediaCaption: nothing is played
      return <video ref={ref} data-testid="player" />
    }
    const tracking = render(<Own />)
    pretendToPlay(player())
    expect(told(tracking)).toEqual(['own:start'])
  })

  it('says once what it can never report', () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
    const marks: VideoMark[] = [0, 101, -5, '30s', '0s', 25]
    const ui = (
      <VideoProgress
        name="tour"
        marks={marks}
        ignore={[
          [5, 5],
          [0, 5],
        ]}
        render={<div />}
      />
    )
    const { rerender } = render(ui)
    rerender(ui)
    expect(complain.mock.calls.map(([message]) => String(message).slice(0, 9))).toEqual([
      '[RMC203] ',
      '[RMC205] ',
      '[RMC205] ',
      '[RMC205] ',
      '[RMC205] ',
      '[RMC205] ',
    ])
  })
})
