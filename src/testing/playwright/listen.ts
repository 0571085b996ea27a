import type { LiveTracker } from '../../engine/live-trackers.ts'
import type { ConsentUpdate } from '../../engine/permission/consent-types.ts'
import type { Decision } from '../../engine/record/decision.ts'
import type { AnyTracker } from '../../engine/tracker-api.ts'

/** A message from a document about its trackers, as JSON. */
export interface News {
  /** Id of the document, unique within the test. */
  readonly document: string
  readonly url: string
  /** True during `pagehide`; the document may return from the back/forward cache. */
  readonly leaving: boolean
  /** Number of the tracker within the document, from 1. 0 for the start or the `pagehide` of the document itself. */
  readonly tracker: number
  /** Name of the tracker's plan; empty for the document itself. */
  readonly plan: string
  readonly decisions: readonly Decision[]
}

/** Names and addresses that `listen` reports to. */
export interface ListenOptions {
  /** Name of the global function that sends messages to the fixture. */
  readonly binding: string
  /** URL that receives messages during `pagehide`, when calls of `binding` no longer arrive. Undefined: they are only stored. */
  readonly beacon: string | undefined
  /** Key in `sessionStorage` that holds the last messages for the next document of the origin. */
  readonly storage: string
  /** Answer about consent that each tracker receives. Undefined: none. */
  readonly consent: ConsentUpdate | 'granted' | 'denied' | undefined
}

/**
 * Runs in each document before its scripts, follows each tracker that registers, and reports its decisions to the fixture.
 * Playwright sends the function to the browser as text, so it may not use anything from its module.
 */
export function listen({ binding, beacon, storage, consent }: ListenOptions): void {
  const page = globalThis as unknown as Record<PropertyKey, unknown>
  const registry = Symbol.for('react-microconversions')
  if (page[registry]) return
  const id = `${performance.timeOrigin}-${Math.random()}`
  let leaving = false
  let trackers = 0

  const stored = (): string[] => JSON.parse(sessionStorage.getItem(storage) ?? '[]')
  const report = (text: string) => (page[binding] as (text: string) => void)(text)
  const readable = (_: string, value: unknown) =>
    value === Number.POSITIVE_INFINITY || typeof value === 'bigint' || typeof value === 'function'
      ? String(value)
      : value

  function tell(tracker: number, plan: string, decisions: readonly Decision[]): void {
    const news: News = { document: id, url: location.href, leaving, tracker, plan, decisions }
    const text = JSON.stringify(news, readable)
    if (!leaving) {
      report(text)
      return
    }
    if (beacon !== undefined) navigator.sendBeacon(beacon, text)
    try {
      sessionStorage.setItem(storage, JSON.stringify([...stored(), text]))
    } catch {
      // The page may not store anything.
    }
  }

  function follow(tracker: AnyTracker): void {
    const number = ++trackers
    const told = new Map<number, Decision>()
    const look = () => {
      const news = tracker.record.get().decisions.filter((each) => told.get(each.number) !== each)
      for (const each of news) told.set(each.number, each)
      if (news.length > 0) tell(number, tracker.plan.name, news)
    }
    tracker.record.watch()
    if (consent !== undefined) tracker.consent.update(consent)
    tracker.record.subscribe(look)
    tell(number, tracker.plan.name, [])
    look()
  }

  const live = new Set<LiveTracker>()
  page[registry] = Object.assign(live, {
    add: (entry: LiveTracker, tracker?: AnyTracker) => {
      if (tracker) follow(tracker)
      return Set.prototype.add.call(live, entry)
    },
  })
  // Registered first: decisions that the page's own `pagehide` listeners cause must see `leaving`.
  addEventListener(
    'pagehide',
    () => {
      leaving = true
      if (trackers > 0) tell(0, '', [])
    },
    { capture: true },
  )
  addEventListener(
    'pageshow',
    () => {
      leaving = false
    },
    { capture: true },
  )
  tell(0, '', [])
  try {
    for (const text of stored()) report(text)
    sessionStorage.removeItem(storage)
  } catch {
    // A document without an origin has no storage.
  }
}
