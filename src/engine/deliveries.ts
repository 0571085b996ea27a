import type { PlannedEvent } from '../plan/define-plan.ts'
import type { Row, Writes } from '../platform/platform.ts'
import { attempt } from '../support/attempt.ts'
import { copyOf } from '../support/copy-of.ts'
import { messageOf } from '../support/message-of.ts'
import { categoriesOf, consentFor } from './consent-need.ts'
import type { Verdict } from './decide.ts'
import type {
  AnyDestination,
  Copy,
  DeliveryNews,
  Destination,
  Lane,
  LanePort,
  LaneStatus,
  LaneStorage,
  SendReason,
} from './destination.ts'
import { pathsInWords, stripped, whyRefused } from './invalid.ts'
import { createQueue } from './queue.ts'
import type { ConsentNeed, ConsentState, Delivery, Derivation, InvalidPolicy, TrackedEvent } from './types.ts'

interface DeliveriesOptions {
  readonly destinations: readonly AnyDestination[]
  /** The tracker's, if it says so. */
  readonly invalid: InvalidPolicy | undefined
  readonly consentOf: (category: string) => ConsentState
  readonly now: () => number
  readonly later: (delayMs: number, run: () => void) => () => void
  readonly newId: () => string
  readonly storage: () => Omit<LaneStorage, 'prefix'> | undefined
  /** News of one copy; without a number, of a decision that another page has made. */
  readonly onDelivery: (
    number: number | undefined,
    destination: string,
    news: DeliveryNews & Pick<Delivery, 'payload' | 'notes' | 'queuedAt'>,
  ) => void
}

export const DEFAULT_CATEGORY = 'analytics'

export const needOf = (destination: AnyDestination): ConsentNeed => destination.consent ?? DEFAULT_CATEGORY

/** Advertising platforms learn from each value: what is invalid would be learnt too. */
const policyFor = (need: ConsentNeed): InvalidPolicy =>
  categoriesOf(need).includes('marketing') ? 'strip' : 'flag'

/** The destinations that the plan and the decision allow; a `denied` of earlier stays. */
type Eligible = Readonly<Record<string, ConsentState>>

/** An event in the forms in which its destinations take it. */
export interface Prepared {
  /** What is to be stored with the event's claim. */
  readonly rows: Writes
  /** Those that may have it at once. */
  readonly takers: readonly string[]
  /** `eligible`: as it stands now. */
  readonly deliver: (stored: boolean, eligible: Eligible) => void
}

/** One lane for each destination: a copy is queued, waits for its category, or ends. None can hold up another. */
export function createDeliveries(options: DeliveriesOptions) {
  const { destinations, consentOf, now, later, newId, storage, onDelivery } = options
  // What a destination makes of an event goes to that destination alone.
  const lanes = (destinations as readonly Destination<unknown>[]).map((destination) => {
    const { name, acknowledges = true } = destination
    const consent = () => consentFor(needOf(destination), consentOf)
    const port = {
      consent,
      now,
      later,
      newId,
      storage: () => {
        const open = storage()
        return open && { ...open, prefix: `out:${encodeURIComponent(name)}:` }
      },
      onDelivery: (copies: readonly { readonly number?: number | undefined }[], news: DeliveryNews) => {
        const state = news.state === 'sent' && !acknowledges ? 'unknown' : news.state
        for (const { number } of copies) onDelivery(number, name, { ...news, state })
      },
    }
    const own = attempt(() => destination.openLane?.(port))
    const lane = own ? contained(own, port) : createQueue(port, forEachTry(destination))
    const invalid = destination.invalid ?? options.invalid ?? policyFor(needOf(destination))
    /** Copies of before may have ended without a request. */
    const lostAt = consent() === 'denied' ? now() : 0
    return { destination, name, consent, invalid, lane, lostAt }
  })

  const each = (step: 'storageChanged' | 'leave' | 'restored' | 'dispose') => () => {
    for (const { lane } of lanes) lane[step]()
  }

  /** Undefined: the destination cannot take it. `event`: a copy of its own. */
  function mapped(
    { name, map }: Destination<unknown>,
    event: TrackedEvent,
    planned: PlannedEvent,
    number: number,
    news: Pick<Delivery, 'state' | 'notes'>,
  ) {
    const override = planned.destinations?.[name] || undefined
    try {
      const { payload, notes = [] } = map?.(event, override) ?? {}
      const said = [...(news.notes ?? []), ...notes]
      // The plan's override may put objects of the application into it.
      const own = map ? copyOf(payload) : event
      onDelivery(number, name, {
        state: news.state,
        queuedAt: now(),
        ...(map && { payload: own }),
        ...(said.length > 0 && { notes: said }),
      })
      return { payload: own }
    } catch (error) {
      const message = messageOf(error)
      onDelivery(number, name, { state: 'rejected', error: message })
      return undefined
    }
  }

  return {
    states: () => lanes.map(({ name, consent, invalid }) => ({ name, consent: consent(), invalid })),
    status: (name: string) => lanes.find((lane) => lane.name === name)?.lane.status?.(),
    prepare(
      event: TrackedEvent,
      planned: PlannedEvent,
      number: number,
      eligible: Eligible,
      {
        refused,
        stripping,
        invalid,
        derived,
      }: Pick<Verdict, 'refused' | 'stripping' | 'invalid'> & { readonly derived?: Derivation | undefined },
    ): Prepared {
      const copies = lanes.flatMap(({ destination, name, consent, lane, lostAt }) => {
        const paths = refused[name]
        if (paths) onDelivery(number, name, { state: 'rejected', error: whyRefused(paths) })
        if (paths || !(name in eligible)) return []
        const state = eligible[name] === 'denied' ? 'denied' : consent()
        if (state === 'denied') {
          onDelivery(number, name, { state })
          return []
        }
        const strips = stripping.includes(name)
        const told = copyOf({
          ...event,
          ...(strips && { properties: stripped(event.properties, invalid) }),
          ...(derived && derivationFor(name, derived, lostAt)),
        })
        const found = mapped(destination, told, planned, number, {
          state: state === 'granted' ? 'queued' : 'held',
          notes: strips ? [`stripped: ${pathsInWords(invalid)}`] : [],
        })
        if (!found) return []
        const copy: Copy<unknown> = {
          eventId: event.id,
          name: event.name,
          number,
          priority: planned.priority ?? 'normal',
          payload: found.payload,
        }
        const rows: Writes = lane.rowsOf?.(copy) ?? new Map<string, Row>()
        return [{ name, state, lane, copy, rows }]
      })
      return {
        rows: new Map(copies.flatMap(({ rows }) => [...rows])),
        takers: copies.flatMap(({ name, state }) => (state === 'granted' ? [name] : [])),
        deliver: (stored, present) => {
          for (const { name, lane, copy, rows } of copies) {
            if (present[name] === 'denied') onDelivery(number, name, { state: 'denied' })
            else lane.add(copy, stored && rows.size > 0)
          }
        },
      }
    },
    async flush(reason: SendReason): Promise<void> {
      await Promise.all(lanes.map(({ lane }) => lane.flush(reason)))
    },
    /** Consent has changed. */
    reconsider(): void {
      for (const each of lanes) {
        if (each.consent() === 'denied') each.lostAt = now()
        each.lane.reconsider()
      }
    },
    storageChanged: each('storageChanged'),
    leave: each('leave'),
    restored: each('restored'),
    dispose: each('dispose'),
  }
}

/** A lane that throws, as one of an application may, rejects its copy and stops neither other destinations nor the page. */
function contained(lane: Lane<unknown>, { onDelivery }: LanePort): Lane<unknown> {
  const step = (name: 'leave' | 'restored' | 'reconsider' | 'storageChanged' | 'dispose') => () =>
    attempt(() => lane[name]())
  return {
    rowsOf: (copy) => attempt(() => new Map(lane.rowsOf?.(copy))) ?? new Map<string, Row>(),
    add(copy, stored) {
      try {
        lane.add(copy, stored)
      } catch (error) {
        onDelivery([copy], { state: 'rejected', error: messageOf(error) })
      }
    },
    async flush(reason) {
      try {
        await lane.flush(reason)
      } catch {
        // It is not known what became of its copies.
      }
    },
    leave: step('leave'),
    restored: step('restored'),
    reconsider: step('reconsider'),
    storageChanged: step('storageChanged'),
    status: lane.status && (() => attempt(() => lane.status?.()) as LaneStatus),
    dispose: step('dispose'),
  }
}

/** Without a `map` it is given the event itself: what it changes in one is not in what it is given when it is tried again. */
function forEachTry(destination: Destination<unknown>): Pick<Destination<unknown>, 'send'> {
  if (destination.map) return destination
  return {
    send: (events, why) =>
      destination.send(
        events.map((event) => copyOf(event)),
        why,
      ),
  }
}

/** Leaves only causes that the destination received: it must not learn of others. */
function derivationFor(
  name: string,
  { causes, dueAt }: Derivation,
  lostAt: number,
): Pick<TrackedEvent, 'causes' | 'dueAt'> {
  return {
    dueAt,
    causes: causes?.().flatMap(({ eventId, sentTo, time }) =>
      eventId && time > lostAt && sentTo?.includes(name) ? eventId : [],
    ),
  }
}

export type Deliveries = ReturnType<typeof createDeliveries>
