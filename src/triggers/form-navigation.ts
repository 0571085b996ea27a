import { contained } from './contained.ts'
import { pathOf } from './event-path.ts'
import { viewOf } from './form-fields.ts'

const watchMs = 100
/** A followed link takes the document away within so long. */
const linkMs = 1000

/**
 * A form that a script sends by `form.submit()` fires no submit event: only `formdata`, which `new FormData(form)` fires
 * too. Watches for 100 ms after it whether this form takes the document away; where the browser does not say what has
 * caused a navigation (`NavigateEvent.sourceElement`), a link that was clicked has. Returns a stop.
 */
export function watchNavigation(
  form: HTMLFormElement,
  linkClick: Event | undefined,
  onNavigation: (event: Event) => void,
): () => void {
  const view = viewOf(form)
  if (!view) return () => {}
  let lastLink = linkClick
  const isByLink = () =>
    lastLink && !lastLink.defaultPrevented && performance.now() - lastLink.timeStamp < linkMs
  const onClick = contained((event: Event) => {
    if (followsLink(event)) lastLink = event
  })
  const onLeave = contained((event: Event) => {
    const { sourceElement } = event as { sourceElement?: Element | null }
    if (sourceElement === undefined ? isByLink() : sourceElement !== form) return
    stop()
    onNavigation(event)
  })
  const { navigation, NavigateEvent }: Partial<typeof view> = view
  const knowsSource = navigation && NavigateEvent && 'sourceElement' in NavigateEvent.prototype
  // While a page has a listener for `beforeunload`, some browsers keep the page out of the back/forward
  // cache.
  const listeners: [EventTarget | undefined, string, (event: Event) => void][] = knowsSource
    ? [[navigation, 'navigate', onLeave]]
    : [
        [view, 'beforeunload', onLeave],
        [view, 'click', onClick],
      ]
  for (const [target, type, listener] of listeners) target?.addEventListener(type, listener, true)
  const stop = () => {
    clearTimeout(timer)
    for (const [target, type, listener] of listeners) target?.removeEventListener(type, listener, true)
  }
  const timer = setTimeout(contained(stop), watchMs)
  return stop
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
