import type { AnyTracker } from '../../engine/types.ts'
import { type Instrument, instrumentsOf } from '../../react/instruments.ts'
import { ask, own } from '../../support/unclobbered.ts'

/** An element on the page and what it can report. */
export interface Reporter extends ReturnType<Instrument['report']['about']> {
  readonly instrument: Instrument
}

export function reportersOf(tracker: AnyTracker): readonly Reporter[] {
  return instrumentsOf(tracker)
    .all()
    .filter(({ element }) => own(element, 'isConnected'))
    .map((instrument) => ({ ...instrument.report.about(), instrument }))
}

/** The facts of a reporter that stand for the event. */
export function factsFor({ events }: Reporter, event: string): readonly string[] {
  return Object.keys(events).filter((fact) => events[fact] === event)
}

/** The reporters of the nearest element at or above this one that has any, also across open shadow roots. */
export function reportersAt(reporters: readonly Reporter[], start: Element): readonly Reporter[] {
  let node: Node | null = start
  while (node) {
    const found = reporters.filter(({ instrument }) => instrument.element === node)
    if (found.length > 0) return found
    node = own(node, 'parentNode') ?? (node instanceof ShadowRoot ? node.host : null)
  }
  return []
}

/** What stands for the whole page, as scroll depth does. */
export const isWholePage = (element: Element): boolean =>
  element === own(element, 'ownerDocument').documentElement

export function isInView(element: Element): boolean {
  if (isWholePage(element)) return true
  const { top, bottom, left, right } = ask(element, 'getBoundingClientRect')
  const { clientWidth, clientHeight } = own(element, 'ownerDocument').documentElement
  return bottom > 0 && right > 0 && top < clientHeight && left < clientWidth && bottom > top && right > left
}

/** `PricingLink "pro"`: as the overlay names it. */
export function titleOf({ component, name, instrument }: Reporter): string {
  const { element } = instrument
  const text = name || (ask(element, 'getAttribute', 'aria-label') ?? own(element, 'textContent') ?? '')
  const short = text.replace(/\s+/g, ' ').trim()
  const title = isWholePage(element) ? '' : short
  return title ? `${component} “${title.length > 40 ? `${title.slice(0, 40)}…` : title}”` : component
}
