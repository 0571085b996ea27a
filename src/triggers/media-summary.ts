import type { VideoSummaryFact } from '../plan/facts.ts'
import { contained } from './contained.ts'
import type { Look, MediaElement } from './look-at-media.ts'
import {
  observePlayback,
  type PlaybackMemory,
  type PlaybackOptions,
  rounded,
  type Showing,
  type Step,
  videoFactBase,
} from './playback.ts'
import { type Spans, spanSeconds } from './watched-spans.ts'

export interface MediaSummaryReport {
  readonly fact: 'summary'
  /** Name of the video. */
  readonly factKey: string
  readonly payload: VideoSummaryFact
}

/** Totals since the last summary, in seconds of video except for `clockS`. */
interface Tally {
  readonly showing: Showing
  /** Played ranges at the last check. */
  spans: Spans
  watchedS: number
  rewatchedS: number
  hiddenS: number
  /** Current continuous range, since the last jump. */
  stretchS: number
  longestS: number
  clockS: number
  seeks: number
  pauses: number
  stalls: number
}

/** State to pass to the next observer of the same video, which then continues where this one stopped. */
export interface MediaSummaryMemory extends PlaybackMemory {
  tally?: Tally
  observers?: number
}

/** Tolerance for the end of a video, in seconds: players report their position only now and then. */
const NEAR_S = 0.5

const tallyOf = (showing: Showing): Tally => ({
  showing,
  spans: showing.spans,
  watchedS: 0,
  rewatchedS: 0,
  hiddenS: 0,
  stretchS: 0,
  longestS: 0,
  clockS: 0,
  seeks: 0,
  pauses: 0,
  stalls: 0,
})

function add(tally: Tally, now: Look, { last, playedS, jumped }: Step): void {
  if (!last) return
  const { spans, rewound } = tally.showing
  const newS = spanSeconds(spans, now.ignored) - spanSeconds(tally.spans, now.ignored)
  tally.spans = spans
  if (last.attended) {
    tally.watchedS += newS
    tally.rewatchedS += Math.max(0, playedS - newS)
    tally.stretchS += playedS
    tally.longestS = Math.max(tally.longestS, tally.stretchS)
  } else tally.hiddenS += playedS
  tally.clockS += playedS / (last.rate || now.rate || 1)
  const atEnd = now.durationS > 0 && last.positionS + playedS > now.durationS - NEAR_S
  if (jumped) {
    tally.stretchS = 0
    const isByUser = !(last.seeking || last.blank || now.blank || (rewound && atEnd))
    if (isByUser && spans.length) tally.seeks++
  } else if (now.paused && !last.paused && !atEnd) tally.pauses++
  else if (last.playing && !now.playing && !now.paused) tally.stalls++
}

/**
 * Reports how a video was watched, each time the tab is hidden, another video takes its place or the element is given
 * up: what happened since the last report, and nothing if nothing was played. Returns a stop function; `stop(true)`
 * reports the rest at once, before another page scope begins.
 */
export function observeMediaSummary(
  element: MediaElement,
  options: () => PlaybackOptions,
  report: (fact: MediaSummaryReport) => void,
  memory: MediaSummaryMemory = {},
): (pageEnds?: boolean) => void {
  const { ownerDocument } = element
  /** Last look at the video, not at the player without it. */
  let now: Look | undefined
  memory.observers = (memory.observers ?? 0) + 1

  function tell(): void {
    const { tally } = memory
    if (!tally || !now) return
    const playedS = tally.watchedS + tally.rewatchedS + tally.hiddenS
    if (rounded(playedS) === 0) return
    memory.tally = tallyOf(tally.showing)
    report({
      fact: 'summary',
      factKey: tally.showing.name,
      payload: {
        ...videoFactBase(tally.showing, now),
        watched_seconds: rounded(tally.watchedS),
        rewatched_seconds: rounded(tally.rewatchedS),
        hidden_seconds: rounded(tally.hiddenS),
        longest_seconds: rounded(tally.longestS),
        average_rate: rounded(playedS / tally.clockS),
        seeks: tally.seeks,
        pauses: tally.pauses,
        stalls: tally.stalls,
      },
    })
  }

  const playback = observePlayback(element, options, memory, (showing, look, step) => {
    if (memory.tally?.showing !== showing) {
      tell()
      memory.tally = tallyOf(showing)
    }
    if (!now || !look.blank) now = look
    add(memory.tally, look, step)
  })
  const onTab = contained(() => {
    if (ownerDocument.visibilityState === 'hidden') tell()
  })
  const onLeaving = contained(() => {
    playback.look()
    tell()
  })
  // Added after the listeners of the playback observer, so that it runs later.
  ownerDocument.addEventListener('visibilitychange', onTab)
  ownerDocument.defaultView?.addEventListener('pagehide', onLeaving)

  return (pageEnds) => {
    playback.look()
    playback.stop()
    ownerDocument.removeEventListener('visibilitychange', onTab)
    ownerDocument.defaultView?.removeEventListener('pagehide', onLeaving)
    memory.observers = (memory.observers ?? 1) - 1
    if (pageEnds) tell()
    // StrictMode stops and restarts at once.
    else setTimeout(contained(() => memory.observers || tell()))
  }
}
