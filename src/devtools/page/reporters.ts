import type { AnyTracker } from '../../engine/tracker-api.ts'
import { aboutOf, type Instrument, instrumentsOf } from '../../react/wiring/instruments.ts'
import { ask, own } from '../../support/unclobbered.ts'

/** An element on the page, and the events that it can report. */
export interface Reporter extends ReturnType<typeof aboutOf> {
  readonly instrument: Instrument
}

export function reportersOf(tracker: AnyTracker): readonly Reporter[] {
  return instrumentsOf(tracker)
    .all()
    .filter(({ element }) => own(element, 'isConnected'))
    .map((instrument) => ({ ...aboutOf(instrument.report), instrument }))
}

/** Returns the facts of a reporter that fire the event. */
export function factsFor({ events }: Reporter, event: string): readonly string[] {
  return Object.keys(events).filter((fact) => events[fact] === event)
}

/** Returns the reporters of the nearest element, at or above `start`, that has any. Crosses open shadow roots. */
export function reportersAt(reporters: readonly Reporter[], start: Element): readonly Reporter[] {
  let node: Node | null = start
  while (node) {
    const found = reporters.filter(({ instrument }) => instrument.element === node)
    if (found.length > 0) return found
    node = own(node, 'parentNode') ?? (node instanceof ShadowRoot ? node.host : null)
  }
  return []
}

/** Returns whether the element represents the whole page, as for scroll depth. */
export const isWholePage = (element: Element): boolean =>
  element === own(element, 'ownerDocument').documentElement

export function isInView(element: Element): boolean {
  if (isWholePage(element)) return true
  const { top, bottom, left, right } = ask(element, 'getBoundingClientRect')
  const { clientWidth, clientHeight } = own(element, 'ownerDocument').documentElement
  return bottom > 0 && right > 0 && top < clientHeight && left < clientWidth && bottom > top && right > left
}

/** Returns the title of a reporter, such as `PricingLink “pro”`. */
export function titleOf({ component, name, instrument }: Reporter): string {
  const { element } = instrument
  const text = name || (ask(element, 'getAttribute', 'aria-label') ?? own(element, 'textContent') ?? '')
  const short = text.replace(/\s+/g, ' ').trim()
  const title = isWholePage(element) ? '' : short
  return title ? `${component} “${title.length > 40 ? `${title.slice(0, 40)}…` : title}”` : component
}
