import type { EventContext, TrackedEvent } from '../../engine/pipeline/tracked-event.ts'
import { setField } from '../../support/copy-of.ts'
import { remembered } from '../../support/remembered.ts'
import { libraryVersion } from '../../support/version.ts'

/** A wire format. Items are kept as text until they are delivered, and a batch is built from them without parsing. */
export interface Encoding {
  /**
   * Returns the text of one event. Parts that several events share may follow on lines of their own: each such line is
   * stored once, and counts once towards the size of a batch.
   */
  readonly item: (event: TrackedEvent) => string
  /** Returns the body of one request. */
  readonly batch: (items: readonly string[], about: BatchInfo) => string
}

/** Describes one request to an encoding. */
export interface BatchInfo {
  /** A UUID. */
  readonly requestId: string
  /**
   * Time of the request by the user's clock, in epoch ms. Its difference from the server's clock is the clock skew of
   * the events' times.
   */
  readonly sentAt: number
}

export const BATCH_SCHEMA = 'react-microconversions/batch/2'

/**
 * Encodes batches in the format of `schema/batch-2.schema.json`. An item is one JSON object on three lines: the event,
 * its context and its page. A batch holds equal contexts and pages once; an event refers to its own by index, where
 * that is not 0.
 */
export const nativeBatch: Encoding = {
  item(event) {
    const { context, page, sessionId, anonymousId, userId, consent } = event
    const { trigger } = event
    const { scope, planVersion, replay }: Partial<EventContext> = context ?? {}
    const byHand = trigger?.component === 'track' && Object.keys(trigger).length === 2
    const usual = { version: planVersion, sampleRate: 1, rollout: 1, trigger: byHand && trigger }
    const own: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(event))
      if (!onOtherLines.has(name) && value !== usual[name as keyof typeof usual]) setField(own, name, value)
    if (scope && Object.keys(scope).length > 0) own['scope'] = scope
    if (replay !== undefined) own['replay'] = replay
    const text = jsonOf(own)
    // The tracker gives a frozen context to all events that share it.
    const encode = Object.isFrozen(context) ? lastContext : contextJson
    const shared = encode(context, anonymousId, userId, sessionId, consent)
    const seen = page && { ...page, referrer: page.referrer || undefined }
    return `${text.slice(0, -1)}\n,"context":${shared}\n,"page":${jsonOf(seen ?? {})}}`
  },
  batch(items, { requestId, sentAt }) {
    const contexts = new Map<string, number>()
    const pages = new Map<string, number>()
    const events = items.map((item) => {
      const [own = '', context = '', page = ''] = linesOf(item)
      return `${own}${reference(contexts, context)}${reference(pages, page.slice(0, -1))}}`
    })
    const head = `"schema":"${BATCH_SCHEMA}","requestId":"${requestId}","sentAt":${sentAt}`
    return `{${head},"contexts":[${textsOf(contexts)}],"pages":[${textsOf(pages)}],"events":[${events}]}`
  },
}

const onOtherLines = new Set(['context', 'page', 'sessionId', 'anonymousId', 'userId', 'consent'])

function contextJson(
  context: EventContext | undefined,
  anonymousId: TrackedEvent['anonymousId'] | undefined,
  userId: TrackedEvent['userId'],
  sessionId: TrackedEvent['sessionId'] | undefined,
  consent: TrackedEvent['consent'] | undefined,
): string {
  const { scope, landing, storage, bot, replay, ...around }: Partial<EventContext> = context ?? {}
  return jsonOf({
    ...around,
    library: libraryVersion,
    ...{ anonymousId, userId, sessionId, consent },
    landing: unless('unknown', landing),
    storage: unless('persistent', storage),
    bot: unless(false, bot),
  })
}
const lastContext = remembered(contextJson)

const unless = <T>(usual: unknown, value: T) => (value === usual ? undefined : value)

/** Returns the lines of an item. Items of earlier releases have only one line. */
function linesOf(item: string): readonly string[] {
  const lines = item.split('\n')
  return lines.length > 1 ? lines : nativeBatch.item(JSON.parse(item)).split('\n')
}

/** Records the index of a shared part, such as `,"context":{…}`, and returns the event's reference to it. */
function reference(places: Map<string, number>, part: string): string {
  const place = places.get(part) ?? places.size
  places.set(part, place)
  return place ? part.replace(/:.*/s, `:${place}`) : ''
}

const textsOf = (places: ReadonlyMap<string, number>) =>
  [...places.keys()].map((part) => part.slice(part.indexOf(':') + 1)).join()

/**
 * Returns JSON whose strings are well-formed Unicode: a database may reject a row, or a whole insert, because of half a
 * surrogate pair.
 */
export function jsonOf(value: unknown): string {
  const text = JSON.stringify(value)
  // JSON.stringify escapes only surrogates without their other half.
  return text.includes('\\ud')
    ? text.replace(/\\(?:ud...|.)/g, (sequence) => (sequence.length > 2 ? '\ufffd' : sequence))
    : text
}
