import type { Decision, TrackedEvent } from 'react-microconversions'
import { trackingIn } from './tracked.tsx'

/** What became of each attempt, in a line: `pricing_clicked fired`, `pricing_clicked dropped: frequency`. */
export function verdicts(canvasElement: HTMLElement): readonly string[] {
  return trackingIn(canvasElement).decisions().map(verdict)
}

function verdict({ event, outcome, reason }: Decision): string {
  return outcome === 'fired' ? `${event} fired` : `${event} ${outcome}: ${reason}`
}

export function decisionsIn(canvasElement: HTMLElement): readonly Decision[] {
  return trackingIn(canvasElement).decisions()
}

/** What the memory destination has got. */
export async function arrived(canvasElement: HTMLElement): Promise<readonly TrackedEvent[]> {
  const { tracker, destination } = trackingIn(canvasElement)
  await tracker.flush()
  return destination.events
}

export async function arrivedNames(canvasElement: HTMLElement): Promise<readonly string[]> {
  return (await arrived(canvasElement)).map(({ name }) => name)
}
