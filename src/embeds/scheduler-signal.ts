import type { EmbedProtocol } from './protocol.ts'

/** Signal of a scheduler. `ready`: it has loaded. */
export interface SchedulerSignal {
  readonly fact: 'ready' | 'slot' | 'booked' | 'failed'
  /** Kind of meeting: an id or a constant of the service. */
  readonly meetingType?: string | undefined
  /** Duration of the meeting in minutes. */
  readonly minutes?: number | undefined
  readonly errorCode?: string | undefined
}

/** Adapter of a scheduling service. */
export type SchedulerProtocol = EmbedProtocol<SchedulerSignal>

/** Returns a duration in whole minutes; undefined for what is none. */
export function minutesOf(ms: unknown): number | undefined {
  const minutes = Math.round(Number(ms) / 60_000)
  return minutes > 0 && minutes <= 1_440 ? minutes : undefined
}
