import type { Destination, SendReason } from '../../src/engine/delivery/destination.ts'
import type { ConsentNeed } from '../../src/engine/permission/consent-types.ts'
import type { TrackedEvent } from '../../src/engine/pipeline/tracked-event.ts'

interface Batch {
  readonly names: readonly string[]
  readonly reason: SendReason
  readonly events: readonly TrackedEvent[]
}

/** A destination whose answers a test gives by hand, in the order in which it was asked. */
export function byHand({ name = 'slow', consent }: { name?: string; consent?: ConsentNeed } = {}) {
  const batches: Batch[] = []
  const answers: ((error?: unknown) => void)[] = []
  const destination: Destination = {
    name,
    consent,
    send: (events, { reason }) => {
      batches.push({ names: events.map((event) => event.name), reason, events })
      return new Promise((resolve, reject) => {
        answers.push((error) => (error === undefined ? resolve() : reject(error)))
      })
    },
  }
  return {
    destination,
    /** What was asked for, oldest first. */
    batches,
    /** Answers the oldest batch that has none: with an error, or well. */
    answer: (error?: unknown) => {
      const next = answers.shift()
      if (!next) throw new Error('nothing was sent')
      next(error)
    },
  }
}

/** Refuses with what `next` gives, until it gives nothing. */
export function failing(next: () => unknown, name = 'failing'): Destination & { readonly got: string[] } {
  const got: string[] = []
  return {
    name,
    got,
    send: (events) => {
      const error = next()
      if (error !== undefined) throw error
      got.push(...events.map((event) => event.name))
    },
  }
}
