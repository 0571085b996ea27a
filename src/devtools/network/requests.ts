import { consentFor } from '../../engine/consent.ts'
import { needOf } from '../../engine/deliveries.ts'
import type { LaneStatus } from '../../engine/destination.ts'
import type { Inspection } from '../../engine/inspection.ts'
import type {
  ConsentNeed,
  ConsentState,
  Decision,
  Delivery,
  DeliveryCounts,
  DeliveryRequest,
  RecordState,
} from '../../engine/types.ts'
import { readOnce } from '../parts/read-once.ts'
import { isTrouble } from '../parts/words.ts'

/** One attempt on its way to one destination. */
export interface Sending {
  readonly decision: Decision
  readonly delivery: Delivery
}

export interface SentRequest {
  readonly request: DeliveryRequest
  /** Those of its events that the record still has. */
  readonly sendings: readonly Sending[]
}

/** What is known of one destination. */
export interface Standing {
  readonly name: string
  /** Undefined: the tracker does not tell, as one of a session file. */
  readonly need: ConsentNeed | undefined
  readonly consent: ConsentState
  /** False: it hands over to a vendor's client. */
  readonly answers: boolean
  readonly lane: LaneStatus | undefined
  /** Never forgotten. */
  readonly ended: DeliveryCounts
  /** Newest first. */
  readonly sendings: readonly Sending[]
  /** Newest first. */
  readonly requests: readonly SentRequest[]
}

/** Where each destination stands, told again and again: of the attempts, only what is new is read. */
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

/** By request, newest first; `newest` may have no event that the record knows. */
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
  // On its way: its events do not know of it before it is answered.
  if (newest && !found.has(newest.requestId)) {
    const ids = new Set(newest.eventIds)
    known(newest).push(...sendings.filter(({ decision }) => ids.has(decision.eventId ?? '')))
  }
  return [...found.values()].sort((a, b) => b.request.sentAt - a.request.sentAt)
}

/** The request that is on its way. */
export function flightOf({ lane }: Standing): DeliveryRequest | undefined {
  return lane?.request?.answeredAt === undefined ? lane?.request : undefined
}

export const isWaiting = ({ delivery: { state } }: Sending): boolean =>
  state === 'queued' || state === 'held' || state === 'retrying'

/** How many wait, and since when; the lane's own word, where it gives one, has those of earlier pages in it. */
export function queueOf({ lane, sendings }: Standing): { readonly length: number; readonly since: number } {
  const times =
    lane?.waiting ??
    sendings.filter(isWaiting).map(({ decision, delivery }) => delivery.queuedAt ?? decision.time)
  return { length: times.length, since: Math.min(...times) }
}

/** Until when nothing leaves, and why; undefined: nothing is in the way but perhaps consent. */
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

/** The newest failure that no later success has answered. */
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
