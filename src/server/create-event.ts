import type { AnyPlan, PlannedEvent } from '../plan/define-plan.ts'
import type { Money } from '../plan/event.ts'
import type { EventsOf, InputOf } from '../plan/register.ts'
import type { ServerEvent } from '../plan/server-event.ts'
import { attempt } from '../support/attempt.ts'
import { createWarn } from '../support/errors.ts'
import { isEventId } from '../support/event-id.ts'
import { checkedProperties } from './checked-properties.ts'

/** Options of `createEvent`. What `tracker.context()` returns in the browser can be spread into them. */
export interface ServerEventOptions
  extends Pick<ServerEvent, 'userId' | 'anonymousId' | 'sessionId' | 'consent'> {
  /** Time of the event: a `Date` or epoch ms. Default: now. */
  readonly time?: Date | number | undefined
  /**
   * Id of the event, 1-100 characters, the same as in the browser: an order number, a booking. Default: what the event's `id` in the
   * plan returns.
   */
  readonly id?: string | undefined
}

const warn = /* @__PURE__ */ createWarn()

/**
 * Creates an event that your server knows of: a payment, a deal won. Pass it to `collector.ingest`. It has the id of the browser's
 * event of the same name, if that event has an `id` in the plan, so that a report counts both once.
 *
 * Never throws. An event that is unknown (RMC631) or invalid (RMC632) is marked, stored and not counted as valid.
 *
 * @example
 * const paid = createEvent(plan, 'purchase', { transaction_id: order.number, value: 90, currency: 'EUR' }, {
 *   ...order.context, // what `tracker.context()` gave the browser at checkout
 *   time: payment.createdAt,
 * })
 * await collector.ingest([paid])
 */
export function createEvent<P extends AnyPlan, N extends keyof EventsOf<P> & string>(
  plan: P,
  name: N,
  properties: InputOf<EventsOf<P>[N]>,
  { time = Date.now(), id, ...about }: ServerEventOptions,
): ServerEvent {
  const planned = plan.events.get(name)
  if (!planned) unknownEvent(name)
  const { value, issues } = checkedProperties(planned, properties)
  if (planned && issues.length > 0) invalidEvent(name, issues)
  return {
    id: idOf(name, id ?? attempt(() => planned?.id?.(value))),
    name: planned?.wireName ?? name,
    plan: plan.name,
    planVersion: plan.version,
    version: planned?.version ?? plan.version,
    time: Math.round(Number(time)),
    properties: value,
    ...about,
    ...(planned && descriptionOf(planned, value)),
    ...(issues.length > 0 && { issues }),
  }
}

function descriptionOf({ stage, intent, goal, status, value }: PlannedEvent, properties: object) {
  const money = typeof value === 'function' ? attempt(() => value(properties)) : value
  return {
    ...(stage && { stage }),
    ...(intent && { intent }),
    ...(goal && { goal }),
    ...(status === 'shadow' && { shadow: true as const }),
    ...(isMoney(money) && { value: { value: money.value, currency: money.currency } }),
  }
}

const isMoney = (money: Money | undefined): money is Money =>
  Number.isFinite(money?.value) && typeof money?.currency === 'string'

function idOf(name: string, id: unknown): string {
  if (isEventId(id)) return id
  if (process.env.NODE_ENV !== 'production')
    warn(
      'RMC630',
      `The server event "${name}" has no usable id, and gets a random one. The browser's copy, and a second call, then count as other events. ` +
        'Add `id: (properties) => …` to the event in the plan, or pass `id`: an order number, 1 to 100 characters without control characters.',
    )
  return crypto.randomUUID()
}

function unknownEvent(name: string): void {
  if (process.env.NODE_ENV === 'production') return
  warn(
    'RMC631',
    `The plan has no event "${name}". The server event is stored as one that is not in the plan, and no report counts it. ` +
      'Correct the name, or add the event to the plan.',
  )
}

function invalidEvent(name: string, issues: readonly string[]): void {
  if (process.env.NODE_ENV === 'production') return
  warn(
    'RMC632',
    `The server event "${name}" is invalid at ${issues.map((path) => path || 'all properties').join(', ')}. It is stored and marked as invalid. ` +
      'Correct the properties, or the schema in the plan.',
  )
}
