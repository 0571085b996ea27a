import type { PlannedEvent } from '../../plan/define-plan.ts'
import type { Row, Writes } from '../../platform/platform.ts'
import { attempt } from '../../support/attempt.ts'
import { copyOf } from '../../support/copy-of.ts'
import { messageOf } from '../../support/message-of.ts'
import { remembered } from '../../support/remembered.ts'
import { wellFormed } from '../../support/well-formed.ts'
import type { Verdict } from '../decision/decide.ts'
import { pathsInWords, stripped, whyRefused } from '../decision/invalid.ts'
import type { InvalidPolicy } from '../decision/issue.ts'
import type { Consent } from '../permission/consent.ts'
import { categoriesOf, consentFor } from '../permission/consent-need.ts'
import type { ConsentNeed, ConsentSnapshot, ConsentState } from '../permission/consent-types.ts'
import { answerFor, type Eligible } from '../permission/eligibility.ts'
import type { Derivation } from '../pipeline/occurrence.ts'
import type { TrackedEvent } from '../pipeline/tracked-event.ts'
import type { Delivery } from './delivery.ts'
import type {
  AnyDestination,
  Copy,
  DeliveryNews,
  Destination,
  Lane,
  LanePort,
  LaneStorage,
  SendReason,
} from './destination.ts'
import { createQueue } from './queue.ts'

interface DeliveriesOptions {
  readonly destinations: readonly AnyDestination[]
  /** The tracker's policy, if it has one. */
  readonly invalid: InvalidPolicy | undefined
  readonly consent: Pick<Consent, 'get' | 'of'>
  readonly now: () => number
  readonly later: (delayMs: number, run: () => void) => () => void
  readonly newId: () => string
  readonly storage: () => Omit<LaneStorage, 'prefix'> | undefined
  /** Reports the state of one copy; without a number, a copy of a decision that another page has made. */
  readonly onDelivery: (
    number: number | undefined,
    destination: string,
    news: DeliveryNews & Pick<Delivery, 'payload' | 'notes' | 'queuedAt'>,
  ) => void
  /** Reports why deliveries to a destination that are queued or retried have not ended yet. */
  readonly onDelay: (destination: string, why: string) => void
}

export const DEFAULT_CATEGORY = 'analytics'

export const needOf = (destination: AnyDestination): ConsentNeed => destination.consent ?? DEFAULT_CATEGORY

/** Returns the default policy. Advertising platforms learn from each value, so that they must not get invalid ones. */
const policyFor = (need: ConsentNeed): InvalidPolicy =>
  categoriesOf(need).includes('marketing') ? 'strip' : 'flag'

/** Part of a departing attempt that deliveries use. */
export interface Departing {
  /** Number of its decision. */
  readonly number: number
  readonly planned: PlannedEvent
  readonly occurrence: { readonly derived?: Derivation | undefined }
  readonly verdict: Pick<Verdict, 'refused' | 'stripping' | 'invalid'>
  readonly eligible: Eligible
}

/** An event in the form that each of its destinations takes. */
export interface Copies {
  readonly eventId: string
  readonly each: readonly {
    readonly name: string
    readonly state: ConsentState
    readonly lane: Lane<unknown>
    readonly copy: Copy<unknown>
  }[]
}

/** Returns the rows to store with the event's claim. For an event without a claim, lanes store rows of their own. */
export const rowsOf = ({ each }: Copies): Writes =>
  new Map(each.flatMap(({ lane, copy }) => [...(lane.rowsOf?.(copy) ?? [])]))

/** Returns the destinations that may have the event at once. */
export const takersOf = ({ each }: Copies): readonly string[] =>
  each.flatMap(({ name, state }) => (state === 'granted' ? [name] : []))

/** Creates one lane for each destination: a copy is queued, waits for consent, or ends. No lane can block another. */
export function createDeliveries(options: DeliveriesOptions) {
  const { destinations, now, later, newId, storage, onDelivery, onDelay } = options
  // The payload of a destination goes to that destination alone.
  const lanes = (destinations as readonly Destination<unknown>[]).map((destination) => {
    const { name, acknowledges = true } = destination
    const consent = () => consentFor(needOf(destination), options.consent.of)
    const port = {
      consent,
      now,
      later,
      newId,
      storage: () => {
        const open = storage()
        return open && { ...open, prefix: `out:${encodeURIComponent(wellFormed(String(name)))}:` }
      },
      onDelivery: (copies: readonly { readonly number?: number | undefined }[], news: DeliveryNews) => {
        const state = news.state === 'sent' && !acknowledges ? 'unknown' : news.state
        for (const { number } of copies) onDelivery(number, name, { ...news, state })
      },
    }
    const own = attempt(() => destination.openLane?.(port))
    const lane = own
      ? contained(own, port, () => onDelay(name, FLUSH_ENDED))
      : createQueue(port, forEachTry(destination))
    const invalid = destination.invalid ?? options.invalid ?? policyFor(needOf(destination))
    /** Earlier copies may have ended without a request. */
    const lostAt = consent() === 'denied' ? now() : 0
    return { destination, name, consent, invalid, shadow: destination.shadow === true, lane, lostAt }
  })

  const each = (step: 'storageChanged' | 'leave' | 'restored' | 'dispose') => () => {
    for (const { lane } of lanes) lane[step]()
  }

  /** Maps an event for a destination. Returns undefined if the destination cannot take it. */
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
      // The plan's override may put objects of the application into the payload.
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

  const statesUnder = remembered((_: ConsentSnapshot) =>
    lanes.map(({ name, consent, invalid, shadow }) => ({ name, consent: consent(), invalid, shadow })),
  )

  return {
    states: () => statesUnder(options.consent.get()),
    status: (name: string) => lanes.find((lane) => lane.name === name)?.lane.status?.(),
    /** Makes a copy of an event for each destination that may have it, now or later. */
    prepare(event: TrackedEvent, { number, planned, occurrence, verdict, eligible }: Departing): Copies {
      const { refused, stripping, invalid } = verdict
      const each = lanes.flatMap(({ destination, name, consent, lane, lostAt }) => {
        const paths = refused[name]
        if (paths) onDelivery(number, name, { state: 'rejected', error: whyRefused(paths) })
        if (paths || !(name in eligible)) return []
        const state = answerFor(eligible, name, consent())
        if (state === 'denied') {
          onDelivery(number, name, { state })
          return []
        }
        const strips = stripping.includes(name)
        const { derived } = occurrence
        const own =
          strips || derived
            ? {
                ...event,
                ...(strips && { properties: stripped(event.properties, invalid) }),
                ...(derived && derivationFor(name, derived, lostAt)),
              }
            : event
        const told = destination.readsOnly ? own : copyOf(own)
        const found = mapped(destination, told, planned, number, {
          state: state === 'granted' ? 'queued' : 'held',
          notes: strips ? [`stripped: ${pathsInWords(invalid)}`] : [],
        })
        if (!found) return []
        const copy: Copy<unknown> = {
          eventId: event.id,
          name: event.name,
          number,
          urgency: planned.urgency ?? 'normal',
          payload: found.payload,
        }
        return [{ name, state, lane, copy }]
      })
      return { eventId: event.id, each }
    },
    /** Adds the copies to their lanes. `stored`: their rows are in the database. */
    deliver({ each }: Copies, stored: boolean, eligible: Eligible): void {
      for (const { name, lane, copy } of each) {
        if (eligible[name] === 'denied') onDelivery(copy.number, name, { state: 'denied' })
        else lane.add(copy, stored)
      }
    },
    async flush(reason: SendReason): Promise<void> {
      await Promise.all(lanes.map(({ lane }) => lane.flush(reason)))
    },
    /** Applies a change of consent. */
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

/** Longest wait of `tracker.flush()` for a lane. */
const LONGEST_FLUSH_MS = 30_000
const FLUSH_ENDED = 'flush() ended after 30 seconds, before the destination had tried it'

/**
 * Wraps a lane of the application: if it throws, it rejects its copy, and stops neither other destinations nor the
 * page.
 */
function contained(
  lane: Lane<unknown>,
  { onDelivery, later }: LanePort,
  flushTookTooLong: () => void,
): Lane<unknown> {
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
    flush: (reason) =>
      new Promise((resolve) => {
        const stop = later(LONGEST_FLUSH_MS, () => {
          flushTookTooLong()
          resolve()
        })
        const end = () => {
          stop()
          resolve()
        }
        // If it fails, the state of its copies is unknown.
        new Promise((flushed) => flushed(lane.flush(reason))).then(end, end)
      }),
    leave: step('leave'),
    restored: step('restored'),
    reconsider: step('reconsider'),
    storageChanged: step('storageChanged'),
    status: () => attempt(() => lane.status?.()),
    dispose: step('dispose'),
  }
}

/**
 * Gives a destination without `map` a copy of the event in each try, so that its changes do not appear in the next one.
 */
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

/** Keeps only causes that the destination received: it must not learn of others. */
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
