import { ask, own } from '../support/unclobbered.ts'
import { contained } from './contained.ts'
import { pathOf } from './event-path.ts'
import { viewOf } from './form-fields.ts'

const watchMs = 100
/** Time, in ms, in which a frame of another origin must load the response. */
const loadMs = 10_000
/** Maximum time, in ms, from a click on a link to the navigation that it causes. */
const linkMs = 1000

/** A watch for the navigation that a form may cause. */
export interface NavigationWatch {
  /** True while it waits for the response in a frame of another origin, which takes as long as the server. */
  readonly isLong: boolean
  readonly stop: () => void
}

/**
 * Watches, for 100 ms after a `formdata` event, whether this form navigates its target away. A script that calls
 * `form.submit()` fires no submit event, only `formdata`, which `new FormData(form)` fires too. If the browser does not
 * report the cause of a navigation (`NavigateEvent.sourceElement`), a link that was just clicked counts as the cause.
 * Of a frame of another origin, only the `load` event that follows the response can be seen: it is waited for 10 s, and
 * counts unless a link or a new `src` has caused it. Calls `onNavigation` or, when the time is over, `onNothing`.
 */
export function watchNavigation(
  form: HTMLFormElement,
  linkClick: Event | undefined,
  onNavigation: (event: Event) => void,
  onNothing: () => void,
): NavigationWatch | undefined {
  const view = viewOf(form)
  if (!view) return undefined
  let lastLink = linkClick
  const frame = frameOf(form)
  const source = sourceOf(frame)
  const window = frame ? frame.contentWindow : targetOf(form, view)
  const [target, type] = departureOf(window, view) ?? [frame, 'load']
  const isLong = frame !== undefined && target === frame
  const isByLink = () => {
    const ageMs = performance.now() - (lastLink?.timeStamp ?? Number.NEGATIVE_INFINITY)
    return !lastLink?.defaultPrevented && ageMs < (isLong ? loadMs : linkMs)
  }
  const isByOther = (sourceElement: Element | null | undefined) =>
    sourceElement === undefined ? isByLink() || sourceOf(frame) !== source : sourceElement !== form
  const onClick = contained((event: Event) => {
    if (followsLink(event)) lastLink = event
  })
  const onLeave = contained((event: Event) => {
    if (isByOther((event as { sourceElement?: Element | null }).sourceElement)) return
    stop()
    onNavigation(event)
  })
  const change = (method: 'addEventListener' | 'removeEventListener') => {
    target?.[method](type, onLeave, true)
    view[method]('click', onClick, true)
  }
  change('addEventListener')
  const stop = () => {
    clearTimeout(timer)
    change('removeEventListener')
  }
  const end = contained(() => {
    stop()
    onNothing()
  })
  const timer = setTimeout(end, isLong ? loadMs : watchMs)
  return { isLong, stop }
}

/** Returns the frame of this document that receives the response of the form. */
function frameOf(form: HTMLFormElement): HTMLIFrameElement | undefined {
  const name = ask(form, 'getAttribute', 'target')
  const frames = ask(own(form, 'ownerDocument'), 'querySelectorAll', 'iframe')
  return ([...frames] as HTMLIFrameElement[]).find((frame) => name && frame.name === name)
}

const sourceOf = (frame: HTMLIFrameElement | undefined) => `${frame?.src} ${frame?.srcdoc}`

/** Returns the window that receives the response of a form whose target is no frame; undefined for a new window. */
function targetOf(form: HTMLFormElement, view: Window): Window | null | undefined {
  const name = ask(form, 'getAttribute', 'target') ?? ''
  if (/^(_self)?$/i.test(name)) return view
  if (/^_top$/i.test(name)) return view.top
  return /^_parent$/i.test(name) ? view.parent : undefined
}

/**
 * Returns the target and type of the earliest event for a navigation; undefined if the target is a frame of another
 * origin.
 */
function departureOf(target: Window | null | undefined, view: Window): [EventTarget, string] | undefined {
  // A document is unloaded with the one around it.
  const around: [EventTarget, string] | undefined =
    target === view.top || target === view.parent ? [view, 'beforeunload'] : undefined
  try {
    const { navigation, NavigateEvent } = target as Partial<Window & typeof globalThis>
    // The initial, empty document of a frame has no entry, and fires no event.
    if (navigation?.currentEntry && NavigateEvent && 'sourceElement' in NavigateEvent.prototype)
      return [navigation, 'navigate']
    // While a page has a listener for `beforeunload`, some browsers keep the page out of the back/forward cache.
    return around ?? [target as Window, 'beforeunload']
  } catch {
    return around
  }
}

/** True if the click is on a link to another document. */
export function followsLink(click: Event): boolean {
  return pathOf(click).some((node) => {
    const { localName = '', href, baseURI = '' } = node as Partial<HTMLAnchorElement>
    if (!/^(a|area)$/.test(localName) || typeof href !== 'string') return false
    const [to = '', here] = [href, baseURI].map((address) => address.split('#')[0])
    return /^https?:/.test(to) && to !== here
  })
}
