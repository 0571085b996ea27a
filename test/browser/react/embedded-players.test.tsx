import MuxPlayer from '@mux/mux-player-react'
import { cleanup, configure } from '@testing-library/react'
import { isVideoProvider, MediaPlayer, MediaProvider } from '@vidstack/react'
import { type ComponentType, useEffect, useRef } from 'react'
import { useVideoProgress, VideoProgress } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import ReactPlayer from 'react-player'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type StartPlayer, startPlyr, startVideoJs } from '../../support/players-around-video.ts'
import { playingVideo } from '../../support/playing-video.ts'
import { plan } from './plan.ts'

configure({ reactStrictMode: true })
afterEach(cleanup)

const tour = new URL('../../fixtures/tour.webm', import.meta.url).href
const TOLERANCE_S = 0.5

/** The element that the library observes, as the player renders it. */
const players: Record<string, ComponentType> = {
  'the component, a video of its own': () => <VideoProgress name="tour" src={tour} muted preload="auto" />,

  '@mux/mux-player-react': () => (
    <VideoProgress
      name="tour"
      render={<MuxPlayer src={tour} muted preload="auto" disableTracking disableCookies />}
    />
  ),

  'react-player 3': () => (
    <VideoProgress name="tour" render={<ReactPlayer src={tour} muted preload="auto" controls />} />
  ),

  // `<media-player>` has events of its own: the video inside is observed.
  '@vidstack/react': function Vidstack() {
    const ref = useVideoProgress({ name: 'tour' })
    return (
      <MediaPlayer
        src={tour}
        muted
        load="eager"
        preload="auto"
        onProviderChange={(provider) => ref(isVideoProvider(provider) ? provider.video : null)}
      >
        <MediaProvider />
      </MediaPlayer>
    )
  },

  'video.js 8': () => <Own start={startVideoJs} />,

  plyr: () => <Own start={startPlyr} />,
}

interface OwnProps {
  readonly start: StartPlayer
}

/** As the documentation of such players advises: the element is made by an effect, because the player moves and removes it. */
function Own({ start }: OwnProps) {
  const ref = useVideoProgress({ name: 'tour' })
  const place = useRef<HTMLDivElement>(null)
  const make = useRef(start)
  useEffect(() => {
    const video = document.createElement('video')
    const host = document.createElement('div')
    host.append(video)
    place.current?.append(host)
    const stop = make.current(video, tour)
    ref(video)
    return () => {
      ref(null)
      stop()
      // Plyr puts a copy of the video into its place later.
      host.remove()
    }
  }, [ref])
  return <div ref={place} />
}

const until = (condition: () => boolean) => vi.waitUntil(condition, { interval: 5 })

const secondsOf = ({ played }: HTMLMediaElement) =>
  Array.from({ length: played.length }, (_, index) => played.end(index) - played.start(index)).reduce(
    (sum, seconds) => sum + seconds,
    0,
  )

describe.each(Object.entries(players))('%s', (_, Player) => {
  it('passes the marks that were played, and none by a jump', async () => {
    const tracking = renderWithTracking(<Player />, { plan })
    const told = () => tracking.decisions().map(({ trigger }) => trigger.factKey)
    await until(() => (playingVideo()?.readyState ?? 0) >= HTMLMediaElement.HAVE_FUTURE_DATA)
    const video = playingVideo() as HTMLVideoElement
    video.muted = true
    await video.play()
    // Not faster: a busy machine looks late, and the video would have passed the next mark.
    await until(() => video.currentTime >= 3.2)
    video.currentTime = 10
    video.playbackRate = 4
    await video.play()
    await until(() => video.ended)
    await until(() => told().includes('tour:complete'))
    expect(told()).toEqual(['tour:start', 'tour:25', 'tour:complete'])
    await tracking.tracker.flush()
    const { watched_seconds, video_duration, video_url } =
      tracking.destination.events.at(-1)?.properties ?? {}
    expect(Math.abs(Number(watched_seconds) - secondsOf(video))).toBeLessThanOrEqual(TOLERANCE_S)
    expect(video_duration).toBeCloseTo(12, 0)
    expect(video_url).toContain('tour.webm')
  })
})
