import { remember } from '../parts/remember.ts'
import { hasExpression } from './filter-terms.ts'
import { noChoices, type TimelineChoices, type TimelineStore } from './timeline-state.ts'

const KEY = 'rmc-devtools:timeline'
const PARAMETER = '#rmc-filter='

/**
 * Brings back what the tester chose at this origin, then a filter that came with the address: words at once, an expression
 * when the tester runs it. Returns a stop.
 */
export function rememberChoices(timeline: TimelineStore): () => void {
  const text = sharedFilter(location.hash)
  const offered = text !== undefined && hasExpression(text)
  if (offered) timeline.setState({ offered: text })
  const given = text === undefined || offered ? undefined : { text, outcomes: [] }
  return remember(timeline, { key: KEY, kept, defaults: noChoices, given })
}

const isLike = (other: unknown) => (value: unknown) =>
  typeof value === typeof other && Array.isArray(value) === Array.isArray(other)

const kept = Object.fromEntries(
  Object.entries(noChoices).map(([name, value]) => [name, isLike(value)]),
) as Record<keyof TimelineChoices, ReturnType<typeof isLike>>

/**
 * What to hand on: a link to this page with the filter in its fragment, which no server sees. The fragment of an app that
 * has one is its own (it may be its route): there, undefined.
 */
export function linkTo(text: string): string | undefined {
  const { href, hash } = location
  if (hash && sharedFilter(hash) === undefined) return undefined
  return `${href.slice(0, href.length - hash.length)}${PARAMETER}${encodeURIComponent(text)}`
}

function sharedFilter(hash: string): string | undefined {
  if (!hash.startsWith(PARAMETER)) return undefined
  try {
    return decodeURIComponent(hash.slice(PARAMETER.length))
  } catch {
    return undefined
  }
}
