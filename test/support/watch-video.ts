import type { Duration } from '../../src/support/duration.ts'
import type { MediaElement } from '../../src/triggers/look-at-media.ts'
import { type MediaOptions, type MediaReport, observeMedia } from '../../src/triggers/media.ts'
import type { PlaybackMemory } from '../../src/triggers/playback.ts'

interface WatchOptions extends MediaOptions {
  readonly page?: unknown
}

/** A video under observation, whose figures can be asked for at any moment. */
export function watchVideo(
  element: MediaElement,
  given: Partial<WatchOptions> = {},
  memory: PlaybackMemory = {},
) {
  const reports: MediaReport[] = []
  const current: WatchOptions = { name: 'video', ...given }
  let asking = false
  let asked = 0
  let answer: MediaReport | undefined
  const stop = observeMedia(
    element,
    // A mark of its own makes the trigger tell what it knows now.
    () => (asking ? { ...current, marks: [`0.${`${asked}`.padStart(9, '0')}s` as Duration] } : current),
    (report) => {
      if (asking && report.fact === 'progress') answer = report
      else reports.push(report)
    },
    memory,
  )
  return {
    stop,
    reports,
    /** `start`, `25`, … in the order of their arrival, without the name. */
    told: () => reports.map(({ factKey }) => factKey.slice(factKey.indexOf(':') + 1)),
    change: (options: Partial<WatchOptions>) => Object.assign(current, options),
    /** The payload of this moment; undefined while nothing was watched. */
    figures() {
      asked++
      asking = true
      element.dispatchEvent(new Event('timeupdate'))
      asking = false
      return answer?.payload
    },
  }
}
