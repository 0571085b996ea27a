import { noChoices, type TimelineChoices, type TimelineStore } from './timeline-state.ts'

const KEY = 'rmc-devtools:timeline'
const PARAMETER = '#rmc-filter='

/**
 * Brings back what the tester chose at this origin, then a filter that came with the address, and remembers what is
 * chosen from now on. Nothing is stored until something is chosen, nor once all is as it was. Returns a stop.
 */
export function rememberChoices(timeline: TimelineStore): () => void {
  const text = sharedFilter(location.hash)
  timeline.setState({ ...stored(), ...(text !== undefined && { text, outcomes: [] }) })
  return timeline.subscribe((now, before) => {
    const changed = names.filter((name) => now[name] !== before[name])
    if (changed.length === 0) return
    const chosen = names.filter((name) => String(now[name]) !== String(noChoices[name]))
    try {
      if (chosen.length === 0) localStorage.removeItem(KEY)
      else
        localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(chosen.map((name) => [name, now[name]]))))
    } catch {} // a browser that stores nothing remembers nothing
  })
}

const names = Object.keys(noChoices) as (keyof TimelineChoices)[]

function stored(): Partial<TimelineChoices> {
  try {
    const found: Record<string, unknown> = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const known = names.filter((name) => isLike(found[name], noChoices[name]))
    return Object.fromEntries(known.map((name) => [name, found[name]]))
  } catch {
    return {}
  }
}

const isLike = (value: unknown, other: unknown) =>
  typeof value === typeof other && Array.isArray(value) === Array.isArray(other)

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
