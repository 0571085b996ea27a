import type { Decision } from '../../engine/record/decision.ts'
import { type Verdict, verdictOf } from '../parts/verdict.ts'

/** One attempt on the time axis of its page. */
export interface Bar {
  readonly number: number
  readonly event: string
  readonly verdict: Verdict
  /** Time since the first attempt of the page, in ms. */
  readonly startMs: number
  /** Time at which the last destination answered; `startMs` where none did. */
  readonly endMs: number
}

export interface PageWaterfall {
  readonly key: string
  readonly path: string
  /** Time of the first attempt, epoch ms. */
  readonly since: number
  /** Length of the axis in ms, at least 1. */
  readonly spanMs: number
  /** Newest attempts of the page, oldest first. */
  readonly bars: readonly Bar[]
  /** Number of attempts of the page, also of those without a bar. */
  readonly attempts: number
}

/** Maximum pages, and bars of a page. */
const MAX_PAGES = 5
const MAX_BARS = 40

/** Groups attempts, oldest first, by the page on which they were made. Returns the newest pages, newest first. */
export function waterfallOf(decisions: readonly Decision[]): readonly PageWaterfall[] {
  const pages = new Map<string, Decision[]>()
  for (const decision of decisions) {
    const key = `${decision.number > 0 ? 'now' : 'earlier'} ${decision.page.number}`
    const known = pages.get(key)
    if (known) known.push(decision)
    else pages.set(key, [decision])
  }
  return [...pages]
    .slice(-MAX_PAGES)
    .reverse()
    .map(([key, attempts]) => pageWaterfall(key, attempts))
}

function pageWaterfall(key: string, attempts: readonly Decision[]): PageWaterfall {
  const shown = attempts.slice(-MAX_BARS)
  const since = shown[0]?.time ?? 0
  const bars = shown.map((decision): Bar => {
    const { number, event, time } = decision
    const startMs = time - since
    return {
      number,
      event,
      verdict: verdictOf(decision),
      startMs,
      endMs: Math.max(startMs, answeredAt(decision) - since),
    }
  })
  const { path, url } = attempts[0]?.page ?? { path: '', url: '' }
  const spanMs = Math.max(1, ...bars.map(({ endMs }) => endMs))
  return { key, path: path || url, since, spanMs, bars, attempts: attempts.length }
}

function answeredAt({ deliveries, time }: Decision): number {
  const requests = Object.values(deliveries).flatMap((delivery) => delivery.requests ?? [])
  return Math.max(time, ...requests.map((request) => request.answeredAt ?? time))
}
