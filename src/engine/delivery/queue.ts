import { backoffMs } from '../../support/backoff.ts'
import { inMicrotask } from '../../support/in-microtask.ts'
import { messageOf } from '../../support/message-of.ts'
import { PermanentError } from '../../support/permanent-error.ts'
import { sift } from '../../support/sift.ts'
import { UncertainError } from '../../support/uncertain-error.ts'
import type { DeliveryState } from './delivery.ts'
import type { Copy, DeliveryNews, Destination, Lane, LanePort, SendReason } from './destination.ts'

/**
 * Maximum number of events that wait without being sent. While the destination takes events, a burst has no maximum.
 */
const MAX_QUEUED = 1_000
const MAX_ATTEMPTS = 8
/** Number of failures after which a batch is divided: the first ones may be temporary. */
const WHOLE_ATTEMPTS = 2
/** Number of events of a failing batch that are tried alone. At the last try, there is no such limit. */
const FIRST_ALONE = 5
const RETRY = { firstMs: 1_000, longestMs: 60_000 }
/** Longest wait for an answer. A destination that does not answer must not block later events. */
const LONGEST_ANSWER_MS = 30_000
/** A text: an error that is made while the page loads makes browsers with open tools parse the whole bundle again. */
const NO_ANSWER = 'no answer in 30 seconds'

/** Returns the order in which events are dropped: `low` first. */
const rank = ({ urgency }: Copy<unknown>) => ['low', 'normal', 'critical'].indexOf(urgency)

interface Failure {
  readonly kind: 'refused' | 'failed' | 'silent'
  readonly news: Pick<DeliveryNews, 'error' | 'request'>
  /** Payloads that the destination did not pass on, because consent ended before. */
  readonly kept?: readonly unknown[]
}

/**
 * Creates a queue in memory: events in order, one batch at a time. Events of one task are sent together; without
 * consent they wait, or end. A failed batch waits with full jitter and is tried again; a failure never reaches the page
 * or another destination. A batch that was refused, or fails a third time, is divided, so that one event does not block
 * the others: events that the destination accepted before it threw are sent again.
 */
export function createQueue<Payload>(
  port: Omit<LanePort, 'storage'>,
  destination: Pick<Destination<Payload>, 'send'>,
): Lane<Payload> {
  const { consent, now, later, newId, onDelivery } = port
  type Waiting = Copy<Payload> & { readonly attempts: number }
  let waiting: Waiting[] = []
  let inFlight: Promise<void> | undefined
  let cancelRetry: (() => void) | undefined
  let scheduled = false
  let disposed = false
  /** Number of withdrawals. Events that were being sent at a withdrawal do not come back with a later grant. */
  let withdrawals = 0
  let before = consent()

  const report = (rows: readonly Waiting[], state: DeliveryState, news?: Partial<DeliveryNews>) => {
    for (const row of rows) onDelivery([row], { ...news, state, attempts: row.attempts })
  }

  function bound(): void {
    if (!cancelRetry && consent() === 'granted') return
    const surplus = waiting.length - MAX_QUEUED
    if (surplus <= 0) return
    // Sorting is stable: the oldest of each urgency come first.
    const dropped = [...waiting].sort((a, b) => rank(a) - rank(b)).slice(0, surplus)
    waiting = waiting.filter((row) => !dropped.includes(row))
    report(dropped, 'expired', { error: 'the queue was full' })
  }

  function add(copy: Copy<Payload>): void {
    waiting.push({ ...copy, attempts: 0 })
    bound()
    if (scheduled || cancelRetry) return
    scheduled = true
    inMicrotask(() => {
      scheduled = false
      if (!inFlight && !cancelRetry) void send('batch')
    })
  }

  function stopRetry(): void {
    cancelRetry?.()
    cancelRetry = undefined
  }

  function send(reason: SendReason): Promise<void> {
    stopRetry()
    if (waiting.length === 0 || consent() !== 'granted') return inFlight ?? Promise.resolve()
    const batch = waiting.map((row) => ({ ...row, attempts: row.attempts + 1 }))
    waiting = []
    const attempt = deliver(batch, reason)
    const settled = attempt.finally(() => {
      if (inFlight !== settled) return
      inFlight = undefined
      if (waiting.length && !cancelRetry) void send('batch')
    })
    inFlight = settled
    return settled
  }

  function answered(answer: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = later(LONGEST_ANSWER_MS, () => reject(NO_ANSWER))
      answer.then(resolve, reject).finally(stop)
    })
  }

  /** Sends some events, and reports those that have ended. Returns the error of the others. */
  async function give(part: readonly Waiting[], reason: SendReason): Promise<Failure | undefined> {
    const sentAt = now()
    const begun = withdrawals
    const eventIds = part.map(({ eventId }) => eventId)
    const ended = (error?: string) => ({
      error,
      request: { requestId: newId(), transport: 'send', eventIds, sentAt, answeredAt: now(), error } as const,
    })
    try {
      const answer = destination.send(
        part.map((row) => row.payload),
        { reason, permitted: () => begun === withdrawals && consent() === 'granted' },
      )
      // JavaScript callers may return anything.
      if (answer) await answered(Promise.resolve(answer))
      report(part, 'sent', ended())
    } catch (error) {
      const news = ended(messageOf(error))
      if (error instanceof PermanentError) return { kind: 'refused', news }
      if (!(error instanceof UncertainError)) return { kind: error === NO_ANSWER ? 'silent' : 'failed', news }
      for (const row of part) {
        if (error.kept.includes(row.payload)) continue
        const thrown = error.reasons.get(row.payload)
        report([row], 'unknown', { ...news, error: thrown === undefined ? undefined : messageOf(thrown) })
      }
      if (error.kept.length) return { kind: 'silent', news: {}, kept: error.kept }
    }
    return undefined
  }

  async function deliver(batch: readonly Waiting[], reason: SendReason): Promise<void> {
    const begun = withdrawals
    const open = new Set(batch)
    let failure: Failure | undefined
    /** Resolves to undefined if the events must not be sent any more, or the destination does not answer. */
    async function accepts(part: readonly Waiting[]): Promise<boolean | undefined> {
      if (disposed || begun !== withdrawals || consent() !== 'granted') return undefined
      const failed = await give(part, reason)
      // After an error all are tried again. If consent ended in a call, only those are that were not passed on.
      const kept = failed ? failed.kept : []
      for (const row of part) if (kept && !kept.includes(row.payload)) open.delete(row)
      failure = failed ?? failure
      if (failed?.kind === 'refused' && part.length === 1) {
        for (const row of part) open.delete(row)
        report(part, 'rejected', failed.news)
      }
      return failed?.kind === 'silent' ? undefined : !failed
    }
    const accepted = await accepts(batch)
    const divisible = failure?.kind === 'refused' || batch.some(({ attempts }) => attempts > WHOLE_ATTEMPTS)
    if (accepted === false && divisible && batch.length > 1) {
      const last = failure?.kind === 'refused' || batch.some(({ attempts }) => attempts >= MAX_ATTEMPTS)
      await sift(batch, accepts, last ? undefined : FIRST_ALONE)
    }
    if (open.size) again([...open], begun, failure)
  }

  /** Lets events wait for the next try, or ends them after their last one. */
  function again(rows: readonly Waiting[], begun: number, failure: Failure | undefined): void {
    const news = failure?.news
    if (begun !== withdrawals) {
      report(rows, 'denied', news)
      return
    }
    const last = (row: Waiting) => disposed || row.attempts >= MAX_ATTEMPTS
    report(rows.filter(last), 'expired', news)
    const rest = rows.filter((row) => !last(row))
    if (rest.length === 0) return
    const delayMs = backoffMs(rest[0]?.attempts ?? 1, Math.random, RETRY)
    if (consent() === 'granted') report(rest, 'retrying', { ...news, nextAt: now() + delayMs })
    else report(rest, 'held', news)
    waiting = [...rest, ...waiting].sort((a, b) => a.number - b.number)
    stopRetry()
    cancelRetry = later(delayMs, () => void send('batch'))
    bound()
  }

  async function flush(reason: SendReason): Promise<void> {
    if (reason !== 'hidden') await inFlight
    await send(reason)
  }

  return {
    add,
    flush,
    leave: () => void flush('hidden'),
    restored() {},
    reconsider(): void {
      const state = consent()
      if (state === before) return
      before = state
      report(waiting, state === 'granted' ? 'queued' : state === 'pending' ? 'held' : 'denied')
      if (state === 'denied') {
        withdrawals++
        waiting = []
      }
      stopRetry()
      if (state === 'granted' && !inFlight) void send('batch')
    },
    storageChanged() {},
    dispose(): void {
      disposed = true
      stopRetry()
      report(waiting.splice(0), 'expired', { error: 'the tracker was disposed' })
    },
  }
}
