import type { Decision, TrackedEvent } from 'react-microconversions'
import { trackingOf } from 'react-microconversions/storybook'

/** Returns a line for each attempt: `pricing_clicked fired`, `pricing_clicked dropped: frequency`. */
export function verdicts(canvasElement: HTMLElement): readonly string[] {
  return trackingOf(canvasElement).decisions().map(verdict)
}

function verdict({ event, outcome, reason }: Decision): string {
  return outcome === 'fired' ? `${event} fired` : `${event} ${outcome}: ${reason}`
}

export function decisionsIn(canvasElement: HTMLElement): readonly Decision[] {
  return trackingOf(canvasElement).decisions()
}

/** Returns the events that arrived at the memory destination. */
export async function arrived(canvasElement: HTMLElement): Promise<readonly TrackedEvent[]> {
  const { tracker, destination } = trackingOf(canvasElement)
  await tracker.flush()
  return destination.events
}

export async function arrivedNames(canvasElement: HTMLElement): Promise<readonly string[]> {
  return (await arrived(canvasElement)).map(({ name }) => name)
}
