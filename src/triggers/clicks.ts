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
}

interface Noted extends Use {
  /** Distance of the watcher from the clicked node. */
  readonly distance: number
  /** It was reported, or is not to be. */
  done: boolean
}

const notedOf = new WeakMap<Event, Noted[]>()

/** A click in a `<label>` that the browser repeats on the label's control, in the same task. */
let repeated: { readonly click: Event; readonly control: Element; repetition?: Event } | undefined

/**
 * Notes a use while the click is on its way down, before any handler can hide it. The returned function reports it, at most
 * once. If it is never called, because a handler stopped the click or removed the element, the use is reported in the next
 * task, when its page ends, or at `pagehide`, whichever comes first. A handler that stops the click and prevents its default
 * takes it for itself, such as a button in a card that is a link: that is no use.
 */
export function noteUse(event: Event, use: Use): () => void {
  const path = pathOf(event)
  const click = originOf(event, path)
  const distance = path.indexOf(use.watcher)
  const rivals = (notedOf.get(click) ?? []).filter(
    (other) => other.owner === use.owner && other.name === use.name,
  )
  if (rivals.some((other) => other.done || other.distance < distance)) return () => {}
  for (const outer of rivals) outer.done = true
  const noted: Noted = { ...use, distance, done: false }
  notedOf.set(click, [...(notedOf.get(click) ?? []).filter((other) => !rivals.includes(other)), noted])
  const control = controlOf(path)
  if (control) repeated = { click, control }

  // A listener of the page that prevents every default has decided before anyone could take this click.
  const preventedBefore = event.defaultPrevented
  const report = () => {
    if (noted.done) return
    noted.done = true
    use.report()
  }
  const settle = () => {
    for (const stop of stops) stop()
    if (repeated?.click === click) repeated = undefined
    if (preventedBefore || !event.defaultPrevented) report()
    noted.done = true
  }
  const view = use.watcher.ownerDocument.defaultView ?? window
  const timer = setTimeout(settle)
  view.addEventListener('pagehide', settle)
  const stops = [
    () => clearTimeout(timer),
    () => view.removeEventListener('pagehide', settle),
    use.onPageEnd(settle),
  ]
  return report
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
