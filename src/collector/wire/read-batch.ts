import { attempt } from '../../support/attempt.ts'
import { contextShape, eventShape, eventShapeOfVersion1, pageShape, time, uuid } from './event-shapes.ts'
import { isObject, type JsonObject, type Shape } from './shape.ts'
import type { WireEvent } from './wire-event.ts'

/** An event of a batch, or the path of the first value in it that does not match the wire format. */
export type Reading = { readonly event: WireEvent } | { readonly wrong: string }

/** Content of a request. */
export interface Batch {
  readonly requestId: string | null
  /** Time of the request in epoch ms, by the browser's clock. */
  readonly sentAt: number | null
  readonly readings: readonly Reading[]
}

/**
 * Reads a body in version 1 or 2 of the wire format. Returns undefined if it is not JSON, has another schema, or has no list of
 * events. An invalid event does not affect the others, nor does an invalid request id or time, which becomes null.
 */
export function readBatch(body: string): Batch | undefined {
  const batch: unknown = attempt(() => JSON.parse(body))
  if (!isObject(batch)) return undefined
  const { schema, requestId, sentAt, events } = batch
  const reader = readers.get(schema)
  if (!reader || !Array.isArray(events)) return undefined
  return {
    requestId: fits(uuid, requestId) ? (requestId as string).toLowerCase() : null,
    sentAt: fits(time, sentAt) ? (sentAt as number) : null,
    readings: events.map(reader(batch)),
  }
}

const fits = (shape: Shape, value: unknown) => shape(value, '') === undefined

type Reader = (batch: JsonObject) => (event: unknown) => Reading

const readers: ReadonlyMap<unknown, Reader> = new Map([
  ['react-microconversions/batch/1', () => readVersion1],
  ['react-microconversions/batch/2', readVersion2],
])

/** Reads events of version 2, in which `contexts` and `pages` hold equal values once; events refer to them by index. */
function readVersion2({ contexts, pages }: JsonObject): (event: unknown) => Reading {
  const contextAt = sharedPart(contexts, contextShape, 'context')
  const pageAt = sharedPart(pages, pageShape, 'page')
  return (event) => {
    const wrong = eventShape(event, '')
    if (wrong !== undefined) return { wrong }
    const own = event as JsonObject
    const context = contextAt(own['context'])
    if (context.wrong !== undefined) return { wrong: context.wrong }
    const page = pageAt(own['page'])
    if (page.wrong !== undefined) return { wrong: page.wrong }
    const rollout = own['rollout'] ?? 1
    return { event: { ...own, rollout, context: context.value, page: page.value } as unknown as WireEvent }
  }
}

/** Checks each shared context or page once, however many events refer to it. Default index 0. */
function sharedPart(list: unknown, shape: Shape, name: string) {
  const values: readonly unknown[] = Array.isArray(list) ? list : []
  const parts = values.map((value) => ({ value, wrong: shape(value, name) }))
  return (place: unknown) =>
    parts[place === undefined ? 0 : (place as number)] ?? { value: undefined, wrong: name }
}

function readVersion1(event: unknown): Reading {
  const wrong = eventShapeOfVersion1(event, '')
  if (wrong !== undefined) return { wrong }
  const { context, sessionId, anonymousId, userId, consent, ...own } = event as JsonObject
  const { scope, visitor, landing, ...around } = context as JsonObject
  // Version 1 has no such fields, so that their content is unchecked: ignore it.
  const later = { rollout: undefined, shadow: undefined }
  return {
    event: {
      ...own,
      ...later,
      scope,
      context: {
        ...around,
        ...{ sessionId, anonymousId, userId, consent, user: visitor, release: undefined },
        landing: landing === 'unknown' ? undefined : landing,
      },
    } as unknown as WireEvent,
  }
}
