import { needOf } from '../../engine/delivery/deliveries.ts'
import type { Delivery, DeliveryCounts, DeliveryRequest } from '../../engine/delivery/delivery.ts'
import type { LaneStatus } from '../../engine/delivery/destination.ts'
import { consentFor } from '../../engine/permission/consent-need.ts'
import type { ConsentNeed, ConsentState } from '../../engine/permission/consent-types.ts'
import type { Decision } from '../../engine/record/decision.ts'
import type { Inspection } from '../../engine/record/inspection.ts'
import type { RecordState } from '../../engine/record/record-view.ts'
import { readOnce } from '../parts/read-once.ts'
import { isTrouble } from '../parts/words.ts'

/** Delivery of one attempt to one destination. */
export interface Sending {
  readonly decision: Decision
  readonly delivery: Delivery
}

export interface SentRequest {
  readonly request: DeliveryRequest
  /** Deliveries of the request whose attempts the record still has. */
  readonly sendings: readonly Sending[]
}

/** State of one destination. */
export interface Standing {
  readonly name: string
  /** Required consent; undefined if the tracker does not report it, such as in an opened session file. */
  readonly need: ConsentNeed | undefined
  readonly consent: ConsentState
  /** False if the destination passes events to a vendor's client and gets no answer. */
  readonly answers: boolean
  readonly lane: LaneStatus | undefined
  /** Counts of finished deliveries, including those of attempts that the record no longer has. */
  readonly ended: DeliveryCounts
  /** Deliveries, newest first. */
  readonly sendings: readonly Sending[]
  /** Requests, newest first. */
  readonly requests: readonly SentRequest[]
}

/** Creates a function that returns the state of each destination. Repeated calls read only new attempts. */
export function createStandings() {
  const read = readOnce((decision) =>
    Object.entries(decision.deliveries).map(([name, delivery]) => [name, { decision, delivery }] as const),
  )
  return (record: RecordState, inspection: Inspection | undefined) =>
    standingsOf(record, inspection, read(record.decisions))
}

function standingsOf(
  record: RecordState,
  inspection: Inspection | undefined,
  read: readonly (readonly (readonly [destination: string, sending: Sending])[])[],
): readonly Standing[] {
  const sendings = new Map<string, Sending[]>()
  const destinations = inspection?.destinations ?? []
  for (const { name } of destinations) sendings.set(name, [])
  for (const name of Object.keys(record.delivered)) if (!sendings.has(name)) sendings.set(name, [])
  for (let index = read.length - 1; index >= 0; index--) {
    for (const [name, sending] of read[index] ?? []) {
      const list = sendings.get(name)
      if (list) list.push(sending)
      else sendings.set(name, [sending])
    }
  }
  return [...sendings].map(([name, list]) => {
    const destination = destinations.find((each) => each.name === name)
    const need = destination && needOf(destination)
    const lane = inspection?.status(name)
    return {
      name,
      need,
      consent: need ? consentFor(need, (category) => record.consent[category] ?? 'pending') : 'granted',
      answers: destination?.acknowledges ?? true,
      lane,
      ended: record.delivered[name] ?? {},
      sendings: list,
      requests: requestsOf(list, lane?.request),
    }
  })
}

/**
 * Groups deliveries by request, newest first. `newest`, the destination's latest request, may contain only events that
 * the record no longer has.
 */
function requestsOf(
  sendings: readonly Sending[],
  newest: DeliveryRequest | undefined,
): readonly SentRequest[] {
  const found = new Map<string, { readonly request: DeliveryRequest; readonly sendings: Sending[] }>()
  const known = (request: DeliveryRequest) => {
    const entry = found.get(request.requestId) ?? { request, sendings: [] }
    found.set(request.requestId, entry)
    return entry.sendings
  }
  for (const sending of sendings) {
    for (const request of sending.delivery.requests ?? []) known(request).push(sending)
  }
  // A request in flight: its events refer to it only after the response.
  if (newest && !found.has(newest.requestId)) {
    const ids = new Set(newest.eventIds)
    known(newest).push(...sendings.filter(({ decision }) => ids.has(decision.eventId ?? '')))
  }
  return [...found.values()].sort((a, b) => b.request.sentAt - a.request.sentAt)
}

/** Returns the request in flight, if any. */
export function flightOf({ lane }: Standing): DeliveryRequest | undefined {
  return lane?.request?.answeredAt === undefined ? lane?.request : undefined
}

export const isWaiting = ({ delivery: { state } }: Sending): boolean =>
  state === 'queued' || state === 'held' || state === 'retrying'

/** Events of one destination that were not sent yet. */
interface Queue {
  /** Number of events that wait to be sent. */
  readonly length: number
  /** Time of the oldest of them, in epoch ms. */
  readonly since: number
  /** Number of events that wait for consent. */
  readonly held: number
}

/** Returns the queue of a destination. If the destination reports its own, it includes events of earlier pages. */
export function queueOf({ lane, sendings }: Standing): Queue {
  const isHeld = ({ delivery }: Sending) => delivery.state === 'held'
  const times =
    lane?.waiting ??
    sendings
      .filter((each) => isWaiting(each) && !isHeld(each))
      .map(({ decision, delivery }) => delivery.queuedAt ?? decision.time)
  return { length: times.length, since: Math.min(...times), held: sendings.filter(isHeld).length }
}

/** Returns when sending resumes, in epoch ms, and why it is paused. Undefined if nothing but consent blocks it. */
export function pauseOf(
  { lane, sendings }: Standing,
  now: number,
): { readonly until: number; readonly why: Delivery['waits'] } | undefined {
  if (lane) return lane.until > now ? { until: lane.until, why: lane.waits } : undefined
  const next = sendings.flatMap(({ delivery }) =>
    delivery.state === 'retrying' ? (delivery.nextAt ?? []) : [],
  )
  const until = Math.min(...next.filter((at) => at > now))
  return Number.isFinite(until) ? { until, why: undefined } : undefined
}

/** Returns the newest failure, unless a later request succeeded. */
export function failureOf({
  sendings,
  requests,
}: Standing):
  | { readonly error: string | undefined; readonly request?: DeliveryRequest | undefined }
  | undefined {
  const request = requests.find((each) => each.request.answeredAt !== undefined)?.request
  if (request?.error) return { error: request.error, request }
  const sending = sendings.find(({ delivery }) => delivery.requests?.length || delivery.error)
  return sending && isTrouble(sending.delivery) && !sending.delivery.requests?.length
    ? { error: sending.delivery.error }
    : undefined
}
