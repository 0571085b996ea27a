import { durationMs } from '../../support/duration.ts'
import type { AttentionMemory, AttentionOptions } from '../../triggers/attention.ts'
import type { MediaOptions } from '../../triggers/media.ts'
import type { PlaybackMemory } from '../../triggers/playback.ts'
import type { ScrollMemory, ScrollOptions } from '../../triggers/scroll.ts'
import type { VisibilityMemory, VisibilityOptions } from '../../triggers/visibility.ts'
import { secondsBefore, spanSeconds, unionOf } from '../../triggers/watched-spans.ts'
import type { aboutOf } from './instruments.ts'

/** How far a trigger has come towards its next report. `next` is a mark such as `50%` or `30s`. */
export type Progress =
  | {
      readonly kind: 'video'
      readonly played: boolean
      readonly watchedS: number
      /** Duration in seconds; 0 while unknown, and for a live stream. */
      readonly wholeS: number
      readonly next: string | undefined
    }
  | {
      readonly kind: 'visibility'
      readonly viewed: boolean
      /** Longest time in view so far. */
      readonly longestMs: number
      readonly neededMs: number
      /** Share that must be in view, 0 to 1. */
      readonly neededShare: number
    }
  | {
      readonly kind: 'scroll'
      /** End of what the user has scrolled through, in px of the content; undefined before the user scrolls. */
      readonly reachedPx: number | undefined
      /** Element of an app shell that scrolls instead of the document. */
      readonly shell: Element | undefined
      readonly next: string | undefined
    }
  | { readonly kind: 'attention'; readonly activeMs: number; readonly next: string | undefined }

type Observed = NonNullable<ReturnType<typeof aboutOf>['observed']>
type Read = (observed: Observed) => Progress

const PERCENT = [25, 50, 75, 90] as const

/** Returns how far the trigger of a component has come; undefined for one without a measure, such as a form. */
export function progressOf(facts: readonly string[], observed: Observed | undefined): Progress | undefined {
  const fact = facts.find((each) => each in readers)
  return observed && fact ? readers[fact]?.(observed) : undefined
}

function video({ options, memory }: Observed): Progress {
  const { ignore = [], marks = PERCENT } = options as MediaOptions
  const { showing } = memory as PlaybackMemory
  const ignored = unionOf(ignore)
  return {
    kind: 'video',
    played: showing?.told.has('start') === true,
    watchedS: showing ? spanSeconds(showing.spans, ignored) : 0,
    wholeS: showing ? secondsBefore(showing.durationS, ignored) : 0,
    next: nextOf(marks, showing?.told),
  }
}

function visibility({ options, memory }: Observed): Progress {
  const { dwell = '1s', visibleRatio = 0.5 } = options as VisibilityOptions
  const { viewed = false, dwell: seen } = memory as VisibilityMemory
  return {
    kind: 'visibility',
    viewed,
    longestMs: seen?.longestMs ?? 0,
    neededMs: durationMs(dwell),
    neededShare: visibleRatio,
  }
}

function scroll({ options, memory }: Observed): Progress {
  const { marks = PERCENT } = options as ScrollOptions
  const { toPx, shell, told } = memory as ScrollMemory
  return { kind: 'scroll', reachedPx: toPx, shell, next: nextOf(marks, told) }
}

function attention({ options, memory }: Observed): Progress {
  const { marks = ['30s', '2min'] } = options as AttentionOptions
  const { activeMs = 0, told } = memory as AttentionMemory
  return { kind: 'attention', activeMs, next: nextOf(marks, told) }
}

/** By the facts of each trigger that has a measure. `start` is also a fact of a form, which has nothing `observed`. */
const readers: Readonly<Record<string, Read>> = {
  start: video,
  progress: video,
  complete: video,
  impression: visibility,
  dwell: visibility,
  depth: scroll,
  mark: attention,
}

/** Returns the first mark, in the order that the application gave, that was not reported. */
function nextOf(
  marks: readonly (number | string)[],
  told: ReadonlySet<number | string> | undefined,
): string | undefined {
  const next = marks.find((mark) => !told?.has(mark))
  return typeof next === 'number' ? `${next}%` : next
}
