import { own } from '../support/unclobbered.ts'
import { contained } from './contained.ts'
import { pathOf } from './event-path.ts'

/** One use of a watched element. */
export interface Use {
  /** The element that is watched. */
  readonly watcher: Element
  /** Uses of one click with the same owner and name are one use: that of the innermost watcher. */
  readonly owner: object
  readonly name: string
  readonly report: () => void
  /** Tells when the page ends on which the click was made. Returns a stop. */
  readonly onPageEnd: (listener: () => void) => () => void
  /** Where the click arrives if no handler stops it: it is reported there. */
  readonly end?: EventTarget | undefined
}

export interface NotedUse {
  /** A control inside of the watched link was clicked, and has prevented by now that the link is followed. */
  readonly isTaken: () => boolean
  /** Reports the use, at most once. */
  readonly report: () => void
}

interface Noted extends Use {
  /** Distance of the watcher from the clicked node. */
  readonly distance: number
  /** It was reported, or is not to be. */
  done: boolean
}

const noUse: NotedUse = { isTaken: () => false, report: () => {} }

const notedOf = new WeakMap<Event, Noted[]>()

/** A click in a `<label>` that the browser repeats on the label's control, in the same task. */
let repeated: { readonly click: Event; readonly control: Element; repetition?: Event } | undefined

/**
 * Notes a use while the click is on its way down, before any handler can hide it. Its user reports it once the click has
 * arrived at the watched element. If it never does, because a handler stopped the click or removed the element, the use is
 * reported in the next task, when its page ends, or at `pagehide`, whichever comes first. A handler that stops the click and
 * prevents its default takes it for itself, such as a button in a card that is a link: that is no use.
 */
export function noteUse(event: Event, use: Use): NotedUse {
  const path = pathOf(event)
  const click = originOf(event, path)
  const distance = path.indexOf(use.watcher)
  const rivals = (notedOf.get(click) ?? []).filter(
    (other) => other.owner === use.owner && other.name === use.name,
  )
  if (rivals.some((other) => other.done || other.distance < distance)) return noUse
  for (const outer of rivals) outer.done = true
  const noted: Noted = { ...use, distance, done: false }
  notedOf.set(click, [...(notedOf.get(click) ?? []).filter((other) => !rivals.includes(other)), noted])
  const control = controlOf(path)
  if (control) repeated = { click, control }

  // A listener of the page that prevents every default has decided before anyone could take this click.
  const preventedBefore = event.defaultPrevented
  const isPrevented = () => event.defaultPrevented && !preventedBefore
  const report = contained(() => {
    if (noted.done) return
    noted.done = true
    use.report()
  })
  const settle = contained(() => {
    for (const stop of stops) stop()
    if (repeated?.click === click) repeated = undefined
    if (!isPrevented()) report()
    noted.done = true
  })
  const view = use.watcher.ownerDocument.defaultView ?? window
  const timer = setTimeout(settle)
  view.addEventListener('pagehide', settle)
  use.end?.addEventListener(event.type, report)
  const stops = [
    () => clearTimeout(timer),
    () => view.removeEventListener('pagehide', settle),
    () => use.end?.removeEventListener(event.type, report),
    use.onPageEnd(settle),
  ]
  return { isTaken: () => isPrevented() && isLink(use.watcher) && isOnControl(path, use.watcher), report }
}

/** Links of HTML and SVG. A form may have a control that is called `localName`. */
export function isLink(node: EventTarget): node is Element {
  return /^(a|area)$/.test(String(own(node as Element, 'localName')))
}

const CONTROLS = 'button, input, select, textarea, summary, [role=button], [role=checkbox], [role=switch]'

/** True if the click is on a control inside of `link`. */
export function isOnControl(path: readonly EventTarget[], link: EventTarget): boolean {
  const inside = path.slice(0, path.indexOf(link)) as Element[]
  return inside.some((node) => own(node, 'matches')?.call(node, CONTROLS))
}

/** The click that the browser repeats with this one, else this one itself: a click is repeated once. */
function originOf(event: Event, path: readonly EventTarget[]): Event {
  if (!repeated || path[0] !== repeated.control) return event
  repeated.repetition ??= event
  return repeated.repetition === event ? repeated.click : event
}

/** The control that the browser clicks next, because its label was clicked. */
function controlOf(path: readonly EventTarget[]): Element | undefined {
  const label = path.find((node) => (node as Partial<Element>).localName === 'label')
  const { control } = (label ?? {}) as Partial<HTMLLabelElement>
  return control && !path.includes(control) ? control : undefined
}
