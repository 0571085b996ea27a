import { wellFormed } from '../../support/well-formed.ts'
import { remember } from '../parts/remember.ts'
import { hasExpression } from './filter-terms.ts'
import { type Order, orders } from './sort.ts'
import { noChoices, type TimelineChoices, type TimelineStore } from './timeline-state.ts'

const KEY = 'rmc-devtools:timeline'
const PARAMETER = '#rmc-filter='
/**
 * Maximum length of a filter in a link. Each of its terms is looked for in each attempt, and a link may come from anyone.
 */
const MAX_SHARED = 500

/**
 * Restores the tester's choices on this origin, then applies a filter from the URL. A filter with a regular expression
 * waits until the tester runs it. Returns a function that stops it.
 */
export function rememberChoices(timeline: TimelineStore): () => void {
  const text = sharedFilter(location.hash)
  const offered = text !== undefined && hasExpression(text)
  if (offered) timeline.setState({ offered: text })
  const given = text === undefined || offered ? undefined : { text, outcomes: [], problems: false }
  return remember(timeline, { key: KEY, kept, defaults: noChoices, given })
}

const isLike = (other: unknown) => (value: unknown) =>
  typeof value === typeof other && Array.isArray(value) === Array.isArray(other)

const kept = {
  ...Object.fromEntries(Object.entries(noChoices).map(([name, value]) => [name, isLike(value)])),
  order: (value: unknown) => orders.includes(value as Order),
} as Record<keyof TimelineChoices, ReturnType<typeof isLike>>

/**
 * Returns a link to this page with the filter in its fragment, which no server receives. Returns undefined if the app
 * already uses the fragment, for example for its route, and for a filter of more than 500 characters.
 */
export function linkTo(text: string): string | undefined {
  const { href, hash } = location
  if ((hash && sharedFilter(hash) === undefined) || text.length > MAX_SHARED) return undefined
  return `${href.slice(0, href.length - hash.length)}${PARAMETER}${encodeURIComponent(wellFormed(text))}`
}

function sharedFilter(hash: string): string | undefined {
  if (!hash.startsWith(PARAMETER)) return undefined
  try {
    const text = decodeURIComponent(hash.slice(PARAMETER.length))
    return text.length > MAX_SHARED ? undefined : text
  } catch {
    return undefined
  }
}
