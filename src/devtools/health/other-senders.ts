import { attempt } from '../../support/attempt.ts'

/** An event that this tracker or another script sent on this page. */
export interface Send {
  readonly via: string
  readonly name: string
  /** Event id, under the field name of the destination. */
  readonly id?: string | undefined
  /** Epoch ms; known only for events sent while watching. */
  readonly time?: number | undefined
}

/** A tracker on the page that collects events by itself. */
export interface OtherTracker {
  readonly name: 'PostHog' | 'Segment'
  /** The tracker captures clicks and submits automatically. */
  readonly autocapture: boolean
}

export interface OtherSenders {
  readonly sends: readonly Send[]
  readonly trackers: readonly OtherTracker[]
}

type Page = Readonly<Record<string, unknown>>

/** Reads only this many of the newest entries: a data layer never shrinks. */
const MAX_ENTRIES = 1_000

/** Reads the data layer and the globals of other trackers, without patching or calling anything. */
export function lookAtOthers(page: Page = globalThis as unknown as Page): OtherSenders {
  const layer = attempt(() => page['dataLayer'])
  const sends = Array.isArray(layer)
    ? layer.slice(-MAX_ENTRIES).flatMap((entry) => fromLayer(entry) ?? [])
    : []
  return { sends, trackers: [...(posthogOn(page) ?? []), ...(segmentOn(page) ?? [])] }
}

/**
 * Reads one entry of the data layer: `gtag('event', …)` pushes its arguments, GTM a plain object. Skips GTM's own
 * events, whose names begin with `gtm.`.
 */
function fromLayer(entry: unknown): Send | undefined {
  return attempt(() => {
    const command = entry as { readonly [index: number]: unknown }
    if (command[0] === 'event' && typeof command[1] === 'string')
      return { via: 'gtag', name: command[1], id: idIn(command[2]) }
    const { event } = entry as { readonly event?: unknown }
    if (typeof event !== 'string' || event.startsWith('gtm.')) return undefined
    return { via: 'dataLayer', name: event, id: idIn(entry) }
  })
}

/** Returns the event id, under any field name that a destination uses for it. */
function idIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const fields = value as Readonly<Record<string, unknown>>
  const found = ['event_id', 'uuid', 'messageId', 'eventID'].map((name) => fields[name])
  return found.find((id) => typeof id === 'string') as string | undefined
}

function posthogOn(page: Page): readonly OtherTracker[] | undefined {
  return attempt(() => {
    const client = page['posthog'] as
      | { readonly capture?: unknown; readonly config?: { readonly autocapture?: unknown } }
      | undefined
    if (typeof client?.capture !== 'function') return []
    return [{ name: 'PostHog', autocapture: client.config ? client.config.autocapture !== false : false }]
  })
}

function segmentOn(page: Page): readonly OtherTracker[] | undefined {
  return attempt(() => {
    const client = page['analytics'] as { readonly track?: unknown } | undefined
    return typeof client?.track === 'function' ? [{ name: 'Segment', autocapture: false }] : []
  })
}

/** Functions that other trackers send through, and how to read their arguments. */
const doors: readonly {
  readonly owner: string
  readonly method: string
  readonly read: (given: readonly unknown[]) => readonly (Send | undefined)[]
}[] = [
  { owner: 'dataLayer', method: 'push', read: (entries) => entries.map(fromLayer) },
  { owner: 'posthog', method: 'capture', read: (given) => [named('PostHog', given)] },
  { owner: 'analytics', method: 'track', read: (given) => [named('Segment', given)] },
]

function named(via: string, [name, properties, options]: readonly unknown[]): Send | undefined {
  return typeof name === 'string' ? { via, name, id: idIn(options) ?? idIn(properties) } : undefined
}

/**
 * Patches the functions that other trackers send through, and reports each event. The original function still runs.
 * Returns a function that removes the patches.
 */
export function watchOthers(
  onSend: (send: Send) => void,
  now: () => number,
  page: Page = globalThis as unknown as Page,
): () => void {
  const stops = doors.flatMap(({ owner, method, read }) => {
    const target = attempt(() => page[owner]) as Record<string, unknown> | undefined
    if (typeof target?.[method] !== 'function') return []
    return [
      wrap(target, method, (given) => {
        for (const send of read(given)) if (send) onSend({ ...send, time: now() })
      }),
    ]
  })
  return () => {
    for (const stop of stops) stop()
  }
}

function wrap(target: Record<string, unknown>, method: string, see: (given: readonly unknown[]) => void) {
  const original = target[method] as (...given: unknown[]) => unknown
  const own = Object.hasOwn(target, method)
  let watching = true
  const wrapped = function (this: unknown, ...given: unknown[]) {
    if (watching) attempt(() => see(given))
    return original.apply(this, given)
  }
  target[method] = wrapped
  return () => {
    watching = false
    // Another script may have wrapped the function since. Then this wrapper stays in place, and reports nothing.
    if (target[method] !== wrapped) return
    if (own) target[method] = original
    else delete target[method]
  }
}
