import Hls from 'hls.js'
import { lazy, type ReactElement, Suspense, useEffect, useRef } from 'react'
import { createRoot } from 'react-dom/client'
import {
  createTracker,
  definePlan,
  MicroconversionProvider,
  standardEvents,
  useVideoSummary,
  VideoProgress,
} from 'react-microconversions'
import { memory } from 'react-microconversions/destinations'
import { onTheAir } from '../support/live-stream.ts'
import { playingVideo } from '../support/playing-video.ts'
import type { EmbeddedPlayer, Stretch } from './embedded-players.tsx'
import 'hls-video-element'

type Video = HTMLVideoElement

interface Scenario {
  readonly name: string
  readonly players: readonly (keyof typeof players)[]
  readonly ignore?: readonly Stretch[]
  /** Says what was played and does not count. */
  readonly watch: (video: Video, leaveOut: (stretch: Stretch) => void) => Promise<void>
}

/** What the browser played, and what arrived at the destination. */
export interface Result {
  readonly truthS: number
  readonly reportedS: number
}

const plan = definePlan({ name: 'video', version: '1', events: standardEvents.video })
const STREAM = '/tour-hls/index.m3u8'

interface WatchedProps {
  readonly ignore: readonly Stretch[]
  readonly src?: string
  readonly live?: boolean
  readonly render?: ReactElement
}

function Watched(props: WatchedProps) {
  const { ignore, live } = props
  const ref = useVideoSummary({ name: 'video', ignore, live })
  return <VideoProgress ref={ref} name="video" muted preload="auto" {...props} />
}

function Stream({ ignore, live = false }: WatchedProps) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const hls = new Hls(live ? onTheAir() : {})
    hls.loadSource(STREAM)
    const video = frame.current?.querySelector('video')
    if (video) hls.attachMedia(video)
    return () => hls.destroy()
  }, [live])
  return (
    <div ref={frame}>
      <Watched ignore={ignore} live={live} />
    </div>
  )
}

/** Each brings a library: the page loads them with the first that is measured. */
const EmbeddedPlayers = lazy(() => import('./embedded-players.tsx'))

const embedded = (player: EmbeddedPlayer) => (ignore: readonly Stretch[]) => (
  <Suspense>
    <EmbeddedPlayers player={player} ignore={ignore} />
  </Suspense>
)

const audio = <audio src="/episode.ogg" muted preload="auto" />
const custom = <hls-video src={STREAM} muted preload="auto" />

const players = {
  WebM: (ignore: readonly Stretch[]) => <Watched ignore={ignore} src="/tour.webm" />,
  'WebM, 4 s': (ignore: readonly Stretch[]) => <Watched ignore={ignore} src="/teaser.webm" />,
  'WebM, slow server': (ignore: readonly Stretch[]) => <Watched ignore={ignore} src="/teaser.webm?slow" />,
  MP4: (ignore: readonly Stretch[]) => <Watched ignore={ignore} src="/tour.mp4" />,
  'audio, Ogg': (ignore: readonly Stretch[]) => <Watched ignore={ignore} render={audio} />,
  'hls.js': (ignore: readonly Stretch[]) => <Stream ignore={ignore} />,
  'hls.js, live': (ignore: readonly Stretch[]) => <Stream ignore={ignore} live />,
  '`<hls-video>`': (ignore: readonly Stretch[]) => <Watched ignore={ignore} render={custom} />,
  'Mux Player': embedded('Mux Player'),
  'react-player': embedded('react-player'),
  'video.js': embedded('video.js'),
  Plyr: embedded('Plyr'),
}

const TO_THE_END = Number.POSITIVE_INFINITY
const PATIENCE_MS = 30_000

async function until(condition: () => boolean): Promise<void> {
  const sinceMs = performance.now()
  while (!condition()) {
    if (performance.now() - sinceMs > PATIENCE_MS) throw new Error(`Waited in vain for ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function playTo(video: Video, positionS: number): Promise<void> {
  // While it plays, WebKitGTK does not answer after a seek.
  if (video.paused) await video.play()
  await until(() => video.ended || video.currentTime >= positionS)
}

async function jumpTo(video: Video, positionS: number): Promise<void> {
  video.currentTime = positionS
  await until(() => !video.seeking)
}

function hide(hidden: boolean): void {
  const value = hidden ? 'hidden' : 'visible'
  Object.defineProperty(document, 'visibilityState', { configurable: true, value })
  document.dispatchEvent(new Event('visibilitychange'))
}

const libraries = ['Mux Player', 'react-player', 'video.js', 'Plyr'] as const
const videos = ['WebM', 'MP4', 'hls.js', '`<hls-video>`', ...libraries] as const

const scenarios: readonly Scenario[] = [
  {
    name: 'straight through',
    players: [...videos, 'audio, Ogg', 'WebM, 4 s'],
    watch: (video) => playTo(video, TO_THE_END),
  },
  {
    name: '0-2 s, jump to 2 s before the end, to the end',
    players: [...videos, 'audio, Ogg'],
    watch: async (video) => {
      await playTo(video, 2)
      await jumpTo(video, video.duration - 2)
      await playTo(video, TO_THE_END)
    },
  },
  {
    name: '1 s at 0, at 80 %, at 12 %',
    players: videos,
    watch: async (video) => {
      await playTo(video, 1)
      await jumpTo(video, video.duration * 0.8)
      await playTo(video, video.duration * 0.8 + 1)
      await jumpTo(video, video.duration * 0.12)
      await playTo(video, video.duration * 0.12 + 1)
    },
  },
  {
    name: 'short jumps, ahead and back',
    players: videos,
    watch: async (video) => {
      for (let jump = 0; jump < 8; jump++) {
        await playTo(video, video.currentTime + 0.35)
        await jumpTo(video, video.currentTime + (jump % 2 ? 0.4 : -0.3))
      }
    },
  },
  {
    name: 'twice as fast, then half, then four times',
    players: videos,
    watch: async (video) => {
      for (const [rate, toS] of [
        [2, 4],
        [0.5, 4.5],
        [4, 10],
      ] as const) {
        video.playbackRate = rate
        await playTo(video, toS)
      }
    },
  },
  {
    name: 'paused three times',
    players: videos,
    watch: async (video) => {
      for (const toS of [0.7, 1.6, 2.2]) {
        await playTo(video, toS)
        video.pause()
        await new Promise((resolve) => setTimeout(resolve, 400))
      }
    },
  },
  {
    name: 'a loop, two rounds and a half',
    players: ['WebM, 4 s'],
    watch: async (video) => {
      video.loop = true
      for (let round = 0; round < 2; round++) {
        await playTo(video, 3)
        await until(() => video.currentTime < 1)
      }
      await playTo(video, 2)
    },
  },
  {
    name: 'muted, in a hidden tab for a while',
    players: videos,
    watch: async (video, leaveOut) => {
      await playTo(video, 1.5)
      hide(true)
      const fromS = video.currentTime
      await playTo(video, fromS + 2)
      hide(false)
      const toS = video.currentTime
      await playTo(video, toS + 1)
      leaveOut([fromS, toS])
    },
  },
  {
    name: 'data runs out again and again',
    players: ['WebM, slow server'],
    watch: (video) => playTo(video, TO_THE_END),
  },
  {
    name: '2-5 s ignored, 0-7 s played',
    players: videos,
    ignore: [[2, 5]],
    watch: async (video, leaveOut) => {
      video.playbackRate = 2
      await playTo(video, 7)
      leaveOut([2, 5])
    },
  },
  {
    name: 'a live stream',
    players: ['hls.js, live'],
    watch: (video) => playTo(video, video.currentTime + 4),
  },
]

/** Of what the browser played at least once, without one stretch. */
function playedS({ played }: Video, [fromS, toS]: Stretch): number {
  let sum = 0
  for (let index = 0; index < played.length; index++) {
    const [start, end] = [played.start(index), played.end(index)]
    sum += end - start - Math.max(0, Math.min(end, toS) - Math.max(start, fromS))
  }
  return sum
}

async function measure({ watch, ignore = [] }: Scenario, player: keyof typeof players): Promise<Result> {
  const destination = memory()
  const tracker = createTracker({ plan, destinations: [destination], consent: 'granted' })
  const frame = document.body.appendChild(document.createElement('div'))
  const root = createRoot(frame)
  root.render(<MicroconversionProvider tracker={tracker}>{players[player](ignore)}</MicroconversionProvider>)
  const find = () => frame.querySelector<Video>('hls-video') ?? playingVideo(frame)
  await until(() => (find()?.readyState ?? 0) >= HTMLMediaElement.HAVE_FUTURE_DATA)
  const video = find() as Video
  let leftOut: Stretch = [0, 0]
  await watch(video, (stretch) => {
    leftOut = stretch
  })
  video.pause()
  await until(() => video.paused)
  await new Promise((resolve) => setTimeout(resolve))
  const truthS = playedS(video, leftOut)
  const summaries = () => destination.events.filter(({ name }) => name === 'video_summary')
  const before = summaries().length
  root.unmount()
  await until(() => summaries().length > before)
  const reportedS = summaries().reduce(
    (sum, { properties }) => sum + Number(properties['watched_seconds']),
    0,
  )
  tracker.dispose()
  return { truthS, reportedS }
}

const rmcVideo = {
  list: () => scenarios.flatMap(({ name, players }) => players.map((player) => ({ name, player }))),
  measure: (name: string, player: string) => {
    const scenario = scenarios.find((each) => each.name === name)
    if (!scenario) throw new Error(`No scenario "${name}"`)
    return measure(scenario, player as keyof typeof players)
  },
}
export type VideoPage = typeof rmcVideo

Object.assign(globalThis, { rmcVideo })
