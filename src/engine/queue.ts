import {
  type ConsentState,
  type Delivery,
  type Destination,
  PermanentError,
  type SendReason,
  type TrackedEvent,
} from './types.ts'

export interface Queued {
  readonly event: TrackedEvent
  /** Of its decision. */
  readonly number: number
}

interface QueueOptions {
  readonly destination: Destination
  /** Of what the destination needs. */
  readonly consent: () => ConsentState
  readonly later: (delayMs: number, run: () => void) => () => void
  readonly onDelivery: (number: number, delivery: Delivery) => void
}

const MAX_QUEUED = 1_000
const MAX_ATTEMPTS = 8
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 60_000

/**
 * Events on their way to one destination, in order, one batch in flight. What was tracked in one task travels together;
 * without consent it waits, or ends. A failure waits with full jitter and is tried again; it never reaches the page or
 * another destination.
 */
export function createQueue({ destination, consent, later, onDelivery }: QueueOptions) {
  let waiting: (Queued & { attempts: number })[] = []
  let inFlight: Promise<void> | undefined
  let cancelRetry: (() => void) | undefined
  let scheduled = false
  let before = consent()

  const report = (rows: typeof waiting, state: Delivery['state'], error?: string) => {
    for (const { number, attempts } of rows)
      onDelivery(number, error ? { state, attempts, error } : { state, attempts })
  }

  function bound(): void {
    const surplus = Math.max(0, waiting.length - MAX_QUEUED)
    if (surplus) report(waiting.splice(0, surplus), 'expired', 'the queue was full')
  }

  function add(row: Queued): void {
    waiting.push({ ...row, attempts: 0 })
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

  async function deliver(batch: typeof waiting, reason: SendReason): Promise<void> {
    try {
      const answer = destination.send(
        batch.map((row) => row.event),
        { reason },
      )
      if (answer) await answer
      report(batch, 'sent')
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      if (error instanceof PermanentError) return report(batch, 'rejected', message)
      if (consent() === 'denied') return report(batch, 'denied', message)
      const spent = batch.filter((row) => row.attempts >= MAX_ATTEMPTS)
      const again = batch.filter((row) => row.attempts < MAX_ATTEMPTS)
      report(spent, 'expired', message)
      if (again.length === 0) return
      report(again, consent() === 'granted' ? 'retrying' : 'held', message)
      waiting = [...again, ...waiting].sort((a, b) => a.number - b.number)
      bound()
      const delayMs =
        Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** ((again[0]?.attempts ?? 1) - 1)) * Math.random()
      stopRetry()
      cancelRetry = later(delayMs, () => void send('batch'))
    }
  }

  return {
    add,
    /** Resolves when what was waiting has been tried. `hidden` does not wait for a batch in flight. */
    async flush(reason: SendReason): Promise<void> {
      if (reason !== 'hidden') await inFlight
      await send(reason)
    },
    /** Consent may have changed: what waits goes, waits on, or ends. Nothing starts without it any more. */
    reconsider(): void {
      const state = consent()
      if (state === before) return
      before = state
      report(waiting, state === 'granted' ? 'queued' : state === 'pending' ? 'held' : 'denied')
      if (state === 'denied') waiting = []
      stopRetry()
      if (state === 'granted' && !inFlight) void send('batch')
    },
  }
}
