import type { Urgency } from '../../plan/event.ts'
import { byteLength } from '../../platform/network.ts'

/** An event to deliver, from this page or left by another one. */
export interface Entry {
  /** Result of `entryIdOf` for the event. */
  readonly id: string
  /** Number of its decision; undefined if an earlier page or another tab left the event. */
  readonly number?: number | undefined
  /** The encoded event: its own part, then the parts that it shares with others. */
  readonly lines: readonly string[]
  /** Time at which it was added, in epoch ms. */
  readonly time: number
  readonly urgency: Urgency
  attempts: number
  /** Row that stores it. */
  row?: Row | undefined
  /** Latest request that contains it, until the response arrives. */
  flight?: Flight | undefined
}

export interface Flight {
  readonly keepalive: boolean
  readonly controller?: AbortController | undefined
}

/** A database row with several entries. */
export interface Row {
  /** Key, without the lane's prefix. */
  readonly key: string
  /** End of the lease, in epoch ms: no other tab sends the entries before. */
  until: number
  /** Tab that holds the lease. */
  by: string
  /** True if the row is known to be stored. */
  stored: boolean
  readonly entries: Set<Entry>
}

/** Events that this tab delivers, by id. */
export type Outbox = Map<string, Entry>

/** Returns the key of an entry. Two events may share an id, such as an order number: the name distinguishes them. */
export const entryIdOf = ({
  name,
  eventId,
}: {
  readonly name?: string | undefined
  readonly eventId: string
}) => (name === undefined ? eventId : `${name.replace(/\//g, '%2F')}/${eventId}`)

export const eventIdOf = (id: string): string => id.slice(id.indexOf('/') + 1)

export const isIn = (outbox: Outbox, entry: Entry) => outbox.get(entry.id) === entry

export const URGENCIES: readonly Urgency[] = ['critical', 'normal', 'low']
const rank = ({ urgency }: Entry) => URGENCIES.indexOf(urgency)

/** Sorts critical entries first, then older ones. */
export const inOrder = (a: Entry, b: Entry): number => rank(a) - rank(b) || a.time - b.time

/** Returns the first entries that fit into one body, at least `least`. Shared parts count once. */
export function fitting(
  list: readonly Entry[],
  maxEvents: number,
  maxBytes: number,
  least = 1,
): readonly Entry[] {
  const shared = new Set<string>()
  let bytes = 0
  const end = list.findIndex(({ lines }, index) => {
    for (const [place, line] of lines.entries()) {
      if (shared.has(line)) continue
      bytes += byteLength(line) + 1
      if (place) shared.add(line)
    }
    return index === maxEvents || (index >= least && bytes > maxBytes)
  })
  return end < 0 ? list : list.slice(0, end)
}

/** Maximum number of entries while they cannot be sent. */
export const MAX_WAITING = 1_000
/** Maximum length, in UTF-16 units, without shared parts. */
export const MAX_LENGTH = 2_000_000
export const MAX_AGE_MS = 7 * 24 * 3_600_000

/**
 * Returns the entries to give up: those that are too old and, if they are `stuck`, those beyond the limits, lowest
 * urgency and oldest first. While the endpoint responds, a burst is not limited.
 */
export function surplusOf(list: readonly Entry[], now: number, stuck: boolean): readonly Entry[] {
  const isOld = ({ time }: Entry) => time < now - MAX_AGE_MS
  if (!stuck) return list.filter(isOld)
  let count = 0
  let length = 0
  const lastFirst = [...list].sort((a, b) => rank(a) - rank(b) || b.time - a.time)
  const surplus = lastFirst.filter((entry) => {
    if (isOld(entry)) return true
    length += entry.lines[0]?.length ?? 0
    return ++count > MAX_WAITING || length > MAX_LENGTH
  })
  return surplus.reverse()
}
