import Hls from 'hls.js'
import { type ReactElement, useEffect, useRef } from 'react'
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
import 'hls-video-element'

type Film = HTMLVideoElement
type Stretch = readonly [fromS: number, toS: number]

interface Scenario {
  readonly name: string
  readonly players: readonly (keyof typeof players)[]
  readonly ignore?: readonly Stretch[]
  /** Says what was played and does not count. */
  readonly watch: (film: Film, leaveOut: (stretch: Stretch) => void) => Promise<void>
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
  const ref = useVideoSummary({ name: 'film', ignore, live })
  return <VideoProgress ref={ref} name="film" muted preload="auto" {...props} />
}

function Stream({ ignore, live = false }: WatchedProps) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const hls = new Hls(live ? onTheAir() : {})
    hls.loadSource(STREAM)
    const film = frame.current?.querySelector('video')
    if (film) hls.attachMedia(film)
    return () => hls.destroy()
  }, [live])
  return (
    <div ref={frame}>
      <Watched ignore={ignore} live={live} />
    </div>
  )
}

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

async function playTo(film: Film, positionS: number): Promise<void> {
  // While it plays, WebKitGTK does not answer after a seek.
  if (film.paused) await film.play()
  await until(() => film.ended || film.currentTime >= positionS)
}

async function jumpTo(film: Film, positionS: number): Promise<void> {
  film.currentTime = positionS
  await until(() => !film.seeking)
}

function hide(hidden: boolean): void {
  const value = hidden ? 'hidden' : 'visible'
  Object.defineProperty(document, 'visibilityState', { configurable: true, value })
  document.dispatchEvent(new Event('visibilitychange'))
}

const films = ['WebM', 'MP4', 'hls.js', '`<hls-video>`'] as const

const scenarios: readonly Scenario[] = [
  {
    name: 'straight through',
    players: [...films, 'audio, Ogg', 'WebM, 4 s'],
    watch: (film) => playTo(film, TO_THE_END),
  },
  {
    name: '0-2 s, a jump to 2 s before the end, to the end',
    players: [...films, 'audio, Ogg'],
    watch: async (film) => {
      await playTo(film, 2)
      await jumpTo(film, film.duration - 2)
      await playTo(film, TO_THE_END)
    },
  },
  {
    name: '1 s at 0, at 80 %, at 12 %',
    players: films,
    watch: async (film) => {
      await playTo(film, 1)
      await jumpTo(film, film.duration * 0.8)
      await playTo(film, film.duration * 0.8 + 1)
      await jumpTo(film, film.duration * 0.12)
      await playTo(film, film.duration * 0.12 + 1)
    },
  },
  {
    name: 'short jumps, ahead and back',
    players: films,
    watch: async (film) => {
      for (let jump = 0; jump < 8; jump++) {
        await playTo(film, film.currentTime + 0.35)
        await jumpTo(film, film.currentTime + (jump % 2 ? 0.4 : -0.3))
      }
    },
  },
  {
    name: 'twice as fast, then half, then four times',
    players: films,
    watch: async (film) => {
      for (const [rate, toS] of [
        [2, 4],
        [0.5, 4.5],
        [4, 10],
      ] as const) {
        film.playbackRate = rate
        await playTo(film, toS)
      }
    },
  },
  {
    name: 'paused three times',
    players: films,
    watch: async (film) => {
      for (const toS of [0.7, 1.6, 2.2]) {
        await playTo(film, toS)
        film.pause()
        await new Promise((resolve) => setTimeout(resolve, 400))
      }
    },
  },
  {
    name: 'a loop, two rounds and a half',
    players: ['WebM, 4 s'],
    watch: async (film) => {
      film.loop = true
      for (let round = 0; round < 2; round++) {
        await playTo(film, 3)
        await until(() => film.currentTime < 1)
      }
      await playTo(film, 2)
    },
  },
  {
    name: 'muted, in a hidden tab for a while',
    players: films,
    watch: async (film, leaveOut) => {
      await playTo(film, 1.5)
      hide(true)
      const fromS = film.currentTime
      await playTo(film, fromS + 2)
      hide(false)
      const toS = film.currentTime
      await playTo(film, toS + 1)
      leaveOut([fromS, toS])
    },
  },
  {
    name: 'data runs out again and again',
    players: ['WebM, slow server'],
    watch: (film) => playTo(film, TO_THE_END),
  },
  {
    name: '2-5 s ignored, 0-7 s played',
    players: films,
    ignore: [[2, 5]],
    watch: async (film, leaveOut) => {
      film.playbackRate = 2
      await playTo(film, 7)
      leaveOut([2, 5])
    },
  },
  {
    name: 'a live stream',
    players: ['hls.js, live'],
    watch: (film) => playTo(film, film.currentTime + 4),
  },
]

/** Of what the browser played at least once, without one stretch. */
function playedS({ played }: Film, [fromS, toS]: Stretch): number {
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
  const find = () => frame.querySelector<Film>('video, audio, hls-video')
  await until(() => (find()?.readyState ?? 0) >= HTMLMediaElement.HAVE_FUTURE_DATA)
  const film = find() as Film
  let leftOut: Stretch = [0, 0]
  await watch(film, (stretch) => {
    leftOut = stretch
  })
  film.pause()
  await until(() => film.paused)
  await new Promise((resolve) => setTimeout(resolve))
  const truthS = playedS(film, leftOut)
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
