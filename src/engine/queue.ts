import { backoffMs } from '../support/backoff.ts'
import { messageOf } from '../support/message-of.ts'
import { PermanentError } from '../support/permanent-error.ts'
import type { Copy, DeliveryNews, Destination, Lane, LanePort, SendReason } from './destination.ts'
import type { DeliveryState } from './types.ts'

const MAX_QUEUED = 1_000
const MAX_ATTEMPTS = 8
const RETRY = { firstMs: 1_000, longestMs: 60_000 }
/** A destination that does not answer must not hold up what comes after. */
const LONGEST_ANSWER_MS = 30_000

/**
 * The lane of this page's memory: in order, one batch in flight. What was tracked in one task travels together; without
 * consent it waits, or ends. A failure waits with full jitter and is tried again; it never reaches the page or another
 * destination.
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
  /** What was on its way at one of them does not come back with a later grant. */
  let withdrawals = 0
  let before = consent()

  const report = (rows: readonly Waiting[], state: DeliveryState, news?: Partial<DeliveryNews>) => {
    for (const row of rows) onDelivery([row], { ...news, state, attempts: row.attempts })
  }

  function bound(): void {
    const surplus = Math.max(0, waiting.length - MAX_QUEUED)
    if (surplus) report(waiting.splice(0, surplus), 'expired', { error: 'the queue was full' })
  }

  function add(copy: Copy<Payload>): void {
    waiting.push({ ...copy, attempts: 0 })
    bound()
    if (scheduled || cancelRetry) return
    scheduled = true
    queueMicrotask(() => {
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
      const stop = later(LONGEST_ANSWER_MS, () => reject(new Error('no answer in 30 seconds')))
      answer.then(resolve, reject).finally(stop)
    })
  }

  async function deliver(batch: readonly Waiting[], reason: SendReason): Promise<void> {
    const begun = withdrawals
    const sentAt = now()
    const eventIds = batch.map(({ eventId }) => eventId)
    const ended = (error?: string) => ({
      error,
      request: { requestId: newId(), transport: 'send', eventIds, sentAt, answeredAt: now(), error } as const,
    })
    try {
      const answer = destination.send(
        batch.map((row) => row.payload),
        { reason },
      )
      // Callers without a compiler return anything.
      if (answer) await answered(Promise.resolve(answer))
      report(batch, 'sent', ended())
    } catch (error) {
      const news = ended(messageOf(error))
      if (error instanceof PermanentError) return report(batch, 'rejected', news)
      if (begun !== withdrawals) return report(batch, 'denied', news)
      const last = (row: Waiting) => disposed || row.attempts >= MAX_ATTEMPTS
      const spent = batch.filter(last)
      const again = batch.filter((row) => !last(row))
      report(spent, 'expired', news)
      if (again.length === 0) return
      const delayMs = backoffMs(again[0]?.attempts ?? 1, Math.random, RETRY)
      if (consent() === 'granted') report(again, 'retrying', { ...news, nextAt: now() + delayMs })
      else report(again, 'held', news)
      waiting = [...again, ...waiting].sort((a, b) => a.number - b.number)
      bound()
      stopRetry()
      cancelRetry = later(delayMs, () => void send('batch'))
    }
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
