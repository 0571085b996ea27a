import type { TrackedEvent } from '../../engine/pipeline/tracked-event.ts'
import type { Decision, Outcome } from '../../engine/record/decision.ts'
import type { RecordState } from '../../engine/record/record-view.ts'
import type { Session } from './session-file.ts'

/** Returns the record after the first `shown` attempts. */
export function recordAt(session: Session, shown: number): RecordState {
  const { consent, storage, forgotten, delivered, personalData, anomalies } = session
  const decisions = session.decisions.slice(0, shown)
  const counts = new Map<string, Record<Outcome, number>>()
  for (const { event, outcome } of decisions) {
    const found = counts.get(event) ?? { fired: 0, held: 0, dropped: 0, shadowed: 0 }
    counts.set(event, found)
    found[outcome]++
  }
  return {
    decisions,
    forgotten,
    counts: Object.fromEntries(counts),
    delivered,
    personalData,
    anomalies,
    consent: decisions.at(-1)?.consent ?? consent,
    storage,
  }
}

/** Returns the ms between the attempt at `index` and the previous one; 0 for the first. */
export function deltaMs({ decisions }: Session, index: number): number {
  const [before, decision] = [decisions[index - 1], decisions[index]]
  return before && decision ? Math.max(0, decision.time - before.time) : 0
}

export const speeds = [0.5, 1, 2, 10] as const
export type Speed = (typeof speeds)[number]
/** Maximum ms between two attempts, so that a long pause of the user does not stall the replay. */
const LONGEST_WAIT_MS = 3_000

/** Returns the ms until the next attempt. */
export function waitMs(session: Session, shown: number, speed: Speed): number {
  return Math.min(LONGEST_WAIT_MS, deltaMs(session, shown) / speed)
}

/** Event as the `memory` destination shows it. A replay never uses a real destination. */
export type ReplayedEvent = Pick<
  TrackedEvent,
  'id' | 'name' | 'properties' | 'time' | 'page' | 'trigger' | 'consent' | 'sampleRate'
>

/** Returns the events of the fired attempts so far, in order. */
export function replayedEvents({ decisions }: Session, shown: number): readonly ReplayedEvent[] {
  return decisions
    .slice(0, shown)
    .flatMap((decision) => (decision.outcome === 'fired' ? [eventOf(decision)] : []))
}

function eventOf(decision: Decision): ReplayedEvent {
  const { eventId = `replayed-${decision.number}`, event, properties = {} } = decision
  const { time, page, trigger, consent, sampleRate } = decision
  return { id: eventId, name: event, properties, time, page, trigger, consent, sampleRate }
}
