import type { AnyPlan } from '../plan/define-plan.ts'
import type { ServerEvent } from '../plan/server-event.ts'
import { attempt } from '../support/attempt.ts'
import { messageOf } from '../support/message-of.ts'
import { corsHeaders, type Origins, preflightHeaders } from './http/cross-origin.ts'
import { readBody } from './http/read-body.ts'
import { type Checkable, createPlanCheck, type PlanCheck } from './rows/check-plan.ts'
import { type Enrich, enriched } from './rows/enriched.ts'
import { type Arrival, rowOf, SMALL_SKEW_MS } from './rows/make-row.ts'
import { refusedRow } from './rows/refused-row.ts'
import type { EventRow } from './rows/row.ts'
import { serverRow } from './rows/server-row.ts'
import { createSiteDay } from './rows/site-day.ts'
import type { Sink } from './sinks/sink.ts'
import { createStoreRows } from './store-rows.ts'
import { serverEventShape } from './wire/event-shapes.ts'
import { type Batch, readBatch } from './wire/read-batch.ts'

/** Options of `createCollector`. */
export interface CollectorOptions {
  /** Plans to check events against: of several sites, or several versions of one. Default: none, and no event is checked. */
  readonly plan?: AnyPlan | readonly AnyPlan[] | undefined
  /** Storage for the rows: `ndjson()`, `clickhouse()`, `memory()`, or your own. */
  readonly sink: Sink
  /**
   * Origins that receive CORS headers, such as `https://www.example.com`: pages on another origin than the collector's need them.
   * This is no protection, because only browsers respect CORS. Default: none.
   */
  readonly origins?: Origins | undefined
  /** Limits on requests. Default: 600,000 bytes and 500 events per request, 1,000 requests at a time. */
  readonly limits?: CollectorLimits | undefined
  /** IANA name of the time zone for `site_day`, such as `'Europe/Berlin'`. Default `'UTC'`. */
  readonly timeZone?: string | undefined
  /**
   * Adds columns to a row, such as the country that a proxy puts into a header, or removes content. Return undefined to drop the
   * event. If it throws, or changes the form of a column (a UUID, a number, a day), the event is refused. The collector itself never
   * reads an IP address or a user agent. Default: none.
   */
  readonly enrich?: Enrich | undefined
  /** Called for each invalid event, for a clock that is wrong, and for a sink that fails. Default: none. */
  readonly onIssue?: ((issue: CollectorIssue) => void) | undefined
}

/** Limits on requests. */
export interface CollectorLimits {
  /** Maximum bytes of a body. The collector answers a larger one with 413, and `http()` divides its batch. Default 600,000. */
  readonly bytes?: number | undefined
  /** Maximum events of a batch. The collector answers a larger one with 413, and `http()` divides its batch. Default 500. */
  readonly events?: number | undefined
  /** Maximum requests at a time. The collector answers further ones with 429, and `http()` retries. Default 1,000. */
  readonly pending?: number | undefined
}

/** An invalid event, a wrong clock, or a failure of the sink. */
export interface CollectorIssue {
  /**
   * Kind of the issue:
   *
   * - `shape`: the event was refused because of the value at `path`, or because `enrich` failed (`path` is then `enrich`).
   * - `unknown`: the plan has no event with this `name`.
   * - `invalid`: the value at `path` is invalid; the event is stored.
   * - `skew`: the browser's clock is wrong by more than a minute.
   * - `sink`: rows were not stored, for the reason in `message`.
   */
  readonly kind: 'shape' | 'unknown' | 'invalid' | 'skew' | 'sink'
  /** Name of the event, with `unknown` and `invalid`. */
  readonly name?: string | undefined
  /** Path of the fault within the event, with `shape`, `unknown` and `invalid`. */
  readonly path?: string | undefined
  /** Message of the error, with `sink`. */
  readonly message?: string | undefined
}

/** A collector, as `createCollector` returns it. */
export interface Collector {
  /** Answers a request. Status 204 means that the events are durable. Does not use `this`. */
  readonly fetch: (request: Request) => Promise<Response>
  /**
   * Stores events that your own server reports (`createEvent`). Resolves when they are durable, and rejects if they could not be
   * stored: call again with the same events, copies of which count once. `enrich` is not called. Does not use `this`.
   */
  readonly ingest: (events: readonly ServerEvent[]) => Promise<void>
  /** Closes the sink. */
  readonly close: () => Promise<void>
}

/** Status of a response. On 408, 429 and 5xx, `http()` keeps its events and retries. */
type Status = 204 | 400 | 408 | 413 | 503

const RETRY_SECONDS = '5'

/**
 * Creates a collector, which receives the events that `http()` sends, checks them against your plans, and answers once they are
 * stored. It uses the Web standard `Request` and `Response`.
 *
 * @example
 * // app/collect/route.ts
 * const collector = createCollector({ plan, sink: ndjson({ dir: 'events' }) })
 * export const POST = collector.fetch
 * export const OPTIONS = collector.fetch
 */
export function createCollector(options: CollectorOptions): Collector {
  const { sink, plan = [], origins = [] } = options
  const { bytes = 600_000, events = 500, pending = 1_000 } = options.limits ?? {}
  const plans = Array.isArray(plan) ? (plan as readonly AnyPlan[]) : [plan as AnyPlan]
  const report = (issue: CollectorIssue) => void attempt(() => options.onIssue?.(issue))
  const { makeRows, makeServerRows } = createMakeRows(options, plans, report)
  const store = createStoreRows(sink, plans)
  let open = 0

  async function collect(request: Request): Promise<Status> {
    const body = await readBody(request, bytes)
    if (body === 'too-large') return 413
    if (body === 'broken') return 408
    const batch = readBatch(body.text)
    if (!batch) return 400
    if (batch.readings.length > events) return 413
    try {
      await store(makeRows(batch, request))
      return 204
    } catch (error) {
      report({ kind: 'sink', message: messageOf(error) })
      return 503
    }
  }

  return {
    async fetch(request) {
      const headers = corsHeaders(request, origins)
      if (request.method === 'OPTIONS') return answer(204, { ...headers, ...preflightHeaders(request) })
      if (request.method !== 'POST') return answer(405, { ...headers, allow: 'POST, OPTIONS' })
      if (open >= pending) return answer(429, headers)
      open++
      try {
        return answer(await collect(request), headers)
      } finally {
        open--
      }
    },
    ingest: async (events) => store(makeServerRows(events)),
    async close() {
      await sink.close?.()
    },
  }
}

function answer(status: number, headers: Readonly<Record<string, string>>): Response {
  const later = status === 429 || status === 503
  return new Response(null, {
    status,
    headers: { ...headers, ...(later && { 'retry-after': RETRY_SECONDS }) },
  })
}

/** Returns functions that make a row for each event of a batch, or of a server, refused events included. */
function createMakeRows(
  { timeZone = 'UTC', enrich }: CollectorOptions,
  plans: readonly AnyPlan[],
  report: (issue: CollectorIssue) => void,
) {
  const checkPlan = createPlanCheck(plans)
  const siteDay = createSiteDay(timeZone)

  function refused(path: string, arrival: Arrival): EventRow {
    report({ kind: 'shape', path })
    return refusedRow(path, arrival)
  }

  function checked(event: Checkable): PlanCheck {
    const check = checkPlan(event)
    for (const path of check.issues)
      report({ kind: path === 'name' ? 'unknown' : 'invalid', name: event.name, path })
    return check
  }

  function makeRows({ requestId, sentAt, readings }: Batch, request: Request): readonly EventRow[] {
    const receivedAt = Date.now()
    const skew = sentAt === null ? null : Math.round(receivedAt - sentAt)
    if (Math.abs(skew ?? 0) > SMALL_SKEW_MS) report({ kind: 'skew' })
    const arrival: Arrival = { requestId, receivedAt, skew, siteDay }
    return readings.flatMap((reading) => {
      if ('wrong' in reading) return [refused(reading.wrong, arrival)]
      const { event } = reading
      const row = enriched(rowOf(event, checked(event), arrival), request, enrich)
      return row === 'failed' ? [refused('enrich', arrival)] : row ? [row] : []
    })
  }

  function makeServerRows(events: readonly ServerEvent[]): readonly EventRow[] {
    const arrival: Arrival = { requestId: null, receivedAt: Date.now(), skew: null, siteDay }
    return events.map((event) => {
      const wrong = serverEventShape(event, '')
      if (wrong !== undefined) return refused(wrong, arrival)
      const { plan, planVersion, anonymousId } = event
      const check = checked({ ...event, context: { plan, planVersion, anonymousId } })
      return serverRow(event, check, arrival)
    })
  }

  return { makeRows, makeServerRows }
}
