import { own } from '../support/unclobbered.ts'
import { contained } from './contained.ts'
import { pathOf } from './event-path.ts'

/** One use of a watched element. */
export interface Use {
  /** The observed element. */
  readonly watcher: Element
  /**
   * True if a control inside the link was clicked, and nothing else prevents a click on the link. Default: true if the
   * watcher is a link and the click is on a control inside it.
   */
  readonly isOnControl?: boolean
  /** Uses of one click with the same owner and name are a single use: that of the innermost watcher. */
  readonly owner: object
  readonly name: string
  readonly report: () => void
  /**
   * Calls the listener when the page on which the click was made ends. Returns a function that removes the listener.
   */
  readonly onPageEnd: (listener: () => void) => () => void
}

export interface NotedUse {
  /** Discards the use if the click was prevented, and was stopped or is on a control inside the link. */
  readonly discardHandled?: () => void
  /** Reports the use, at most once. */
  readonly report: () => void
}

interface Noted extends NotedUse {
  readonly use: Use
  readonly click: Event
  /** Original click, if the browser repeated it as this one; else this click. */
  readonly origin: Event
  /** Number of nodes between the clicked node and the watcher. */
  readonly distance: number
  /** True once the use was reported or discarded. */
  done: boolean
  /** True once the click has bubbled up to the watcher. */
  arrived: boolean
}

/** Uses of the clicks of this task; for each click, the innermost first. */
let noted: readonly Noted[] = []

/** A click in a `<label>`, which the browser repeats on the label's control in the same task. */
let repeated: { readonly click: Event; readonly control: Element; repetition?: Event } | undefined

/**
 * Notes a use during the capture phase, before any handler can hide the click. The watcher reports the use once the
 * click reaches the observed element. If it never does, because a handler stopped its propagation or removed the
 * element, the use is reported in the next task, when its page ends, or at `pagehide`, whichever comes first.
 *
 * A handler that both stops the click and prevents its default has handled it itself, such as a button in a card that
 * is a link: that is not a use. Returns undefined if another watcher of the click reports it, or if the click was made
 * elsewhere, such as in a portal.
 */
export function noteUse(click: Event, use: Use): NotedUse | undefined {
  const path = pathOf(click)
  const origin = originOf(click, path)
  // Uses the path from the time of the click, because a handler may have removed the clicked node since.
  const distance = path.indexOf(use.watcher)
  const rivals = noted.filter((other) => other.origin === origin && isSameUse(other.use, use))
  const isElsewhere = distance < 0 && path.length > 0
  if (isElsewhere || rivals.some((other) => other.done || other.distance < distance)) return undefined
  for (const outer of rivals) outer.done = true
  const control = controlOf(path)
  if (control) repeated = { click: origin, control }

  // If a listener of the page prevents every default, it did so before any handler could claim this click.
  const preventedBefore = click.defaultPrevented
  const isPrevented = () => click.defaultPrevented && !preventedBefore
  const report = contained(() => {
    const { done } = made
    made.done = true
    if (!done) use.report()
  })
  const discardHandled = contained(() => {
    // A prevented click that still travels is that of a router, which has opened the next page.
    const isStopped = click.eventPhase === 0 || click.cancelBubble
    const isTaken = use.isOnControl ?? (isLink(use.watcher) && isOnControl(path, use.watcher))
    made.done ||= isPrevented() && (isStopped || isTaken)
  })
  const settle = contained(() => {
    if (!made.arrived) discardHandled()
    report()
  })
  const made: Noted = { use, click, origin, distance, done: false, arrived: false, discardHandled, report }
  noted = [made, ...noted.filter((other) => !rivals.includes(other))]

  const view = use.watcher.ownerDocument.defaultView ?? window
  view.addEventListener('pagehide', settle)
  const forgetPage = use.onPageEnd(settle)
  const forget = contained(() => {
    noted = noted.filter((other) => other !== made)
    if (repeated?.click === origin) repeated = undefined
    view.removeEventListener('pagehide', settle)
    forgetPage()
    settle()
  })
  setTimeout(forget)
  return made
}

/**
 * Returns the use that was noted when the click passed the watcher in the capture phase; if there are several, the
 * first. If the event carries no click, returns the same use of this task. Each use is returned once.
 */
export function arrivedUse(
  click: Event | undefined,
  watcher: EventTarget | undefined,
  same?: Omit<Use, 'watcher'>,
): NotedUse | undefined {
  const found = noted.filter(
    (each) =>
      !each.arrived &&
      (same ? isSameUse(each.use, same) : each.click === click && each.use.watcher === watcher),
  )
  const one = same ? found[0] : found[found.length - 1]
  if (one) one.arrived = true
  return one
}

const isSameUse = (one: Omit<Use, 'watcher'>, other: Omit<Use, 'watcher'>) =>
  one.owner === other.owner && one.name === other.name

/** True for links of HTML and SVG. Reads `localName` safely, because a form may have a control of that name. */
export function isLink(node: EventTarget): node is Element {
  return /^(a|area)$/.test(String(own(node as Element, 'localName')))
}

const CONTROLS = 'button, input, select, textarea, summary, [role=button], [role=checkbox], [role=switch]'

/** True if the click is on a control inside `link`. */
export function isOnControl(path: readonly EventTarget[], link: EventTarget): boolean {
  const inside = path.slice(0, path.indexOf(link)) as Element[]
  return inside.some((node) => own(node, 'matches')?.call(node, CONTROLS))
}

/** Returns the click that the browser repeats with this one, else this one itself. A click is repeated once. */
function originOf(event: Event, path: readonly EventTarget[]): Event {
  if (!repeated || path[0] !== repeated.control) return event
  repeated.repetition ??= event
  return repeated.repetition === event ? repeated.click : event
}

/** Returns the control that the browser clicks next because its label was clicked. */
function controlOf(path: readonly EventTarget[]): Element | undefined {
  const label = path.find((node) => (node as Partial<Element>).localName === 'label')
  const { control } = (label ?? {}) as Partial<HTMLLabelElement>
  return control && !path.includes(control) ? control : undefined
}
