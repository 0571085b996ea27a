import type { Row } from '../../platform/platform.ts'
import type { Cause } from '../pipeline/occurrence.ts'
import type { Counted } from './journey-port.ts'
import type { JourneyStep } from './journey-view.ts'

/** Maximum number of steps of each event that are remembered, for 180 days. */
export const MAX_STEPS = 50
const MAX_AGE_MS = 180 * 24 * 60 * 60_000

/** A step as it is stored. */
export interface StoredStep extends Cause, JourneyStep {
  readonly id: string
  readonly number: number
}

/** A step that this page has seen. */
export interface OwnStep extends Omit<Counted, 'eventId' | 'sentTo'> {
  readonly id: string
  eventId: string | undefined
  sentTo: readonly string[] | undefined
  waits: boolean
  discounted: boolean
}

export const inOrder = (
  a: { readonly time: number; readonly number: number },
  b: { readonly time: number; readonly number: number },
) => a.time - b.time || a.number - b.number

/**
 * Merges two lists of the steps of one event. The second one wins: the session of its steps may have been adopted
 * since.
 */
export function merge(
  some: readonly StoredStep[],
  others: readonly StoredStep[],
  now: number,
): readonly StoredStep[] {
  const steps = new Map([...some, ...others].map((step) => [step.id, step]))
  return [...steps.values()]
    .filter(({ time }) => time > now - MAX_AGE_MS)
    .sort(inOrder)
    .slice(-MAX_STEPS)
}

/** Returns a step as a cause. Only a step of this page has a `number`. */
export function causeOf(step: StoredStep | OwnStep): Cause {
  const { eventId, sentTo } = step
  const left = eventId === undefined ? {} : { eventId, sentTo }
  return 'occurrence' in step
    ? { event: step.occurrence.event, time: step.occurrence.time, number: step.number, ...left }
    : { event: step.event, time: step.time, ...left }
}

export function parse(text: string | undefined, event: string): readonly StoredStep[] {
  try {
    return stepsFrom(JSON.parse(text ?? '[]'), event)
  } catch {
    return []
  }
}

export const stepsIn = (row: Row | undefined, event: string) => stepsFrom(row?.['steps'], event)

/** Reads steps, and drops what is not a step, because storage may contain anything. */
function stepsFrom(value: unknown, event: string): readonly StoredStep[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((each: Partial<StoredStep> | null) => {
    const { id, time, number, session, eventId, sentTo } = each ?? {}
    if (typeof id !== 'string' || typeof session !== 'string') return []
    if (!Number.isFinite(time) || !Number.isFinite(number)) return []
    const left = typeof eventId === 'string' && Array.isArray(sentTo) ? { eventId, sentTo } : {}
    return [{ id, event, time: time as number, number: number as number, session, ...left }]
  })
}
