/**
 * What leaves a shadow root and is heard by others: outside-click handlers, autocapture, shortcuts. Not here: what ends
 * at the root by itself (`change`, `submit`, `scroll`), and what the browser sends throughout the app, or more often, once
 * somebody listens (`pointerenter`, `mouseleave`, `pointerrawupdate`).
 */
const types =
  'pointerdown pointerup pointermove pointercancel pointerover pointerout gotpointercapture lostpointercapture \
mousedown mouseup mousemove mouseover mouseout click dblclick auxclick contextmenu wheel \
touchstart touchmove touchend touchcancel keydown keypress keyup focus blur focusin focusout \
beforeinput textInput input compositionstart compositionupdate compositionend \
beforecopy beforecut beforepaste copy cut paste selectstart DOMActivate \
dragstart drag dragend dragenter dragover dragleave drop'.split(' ')
/** Listened to otherwise, these would make the app scroll late. */
const passive = /^(wheel|touchstart|touchmove)$/

/**
 * Keeps events inside the overlay: a click in it must not close the app's popover, nor be tracked. Each is stopped at the
 * window, before listeners of the document can capture it, and the overlay's components get a copy. Its default action
 * stays. An Escape that the overlay has no use for goes on to the app.
 *
 * Out of reach: listeners that captured at the window before the overlay came; a `blur` and a `selectionchange`, which
 * are events of the app; a host inside a closed shadow root. Returns a stop.
 */
export function shield(host: HTMLElement): () => void {
  const controller = new AbortController()
  /** Where the pointer went down: an element of the overlay, or the app. What comes of a press goes where it began. */
  let pressed: EventTarget | 'app' | undefined
  let escaped = false

  function onEvent(event: Event): void {
    const path = event.composedPath()
    const [inner] = path
    const within = path.includes(host)
    if (event.type === 'pointerdown') pressed = within ? inner : 'app'
    const follows = pressed !== undefined && followsPress(event)
    if (follows ? pressed === 'app' : !within) return
    // Begun here and ended in the app, a press clicks on what contains both: nobody's.
    const target = follows && !isClick(event) ? pressed : inner
    if (target instanceof Node && target !== host && host.shadowRoot?.contains(target)) {
      target.dispatchEvent(copyOf(event))
    }
    refuseFiles(event)
    if ((event as KeyboardEvent).key === 'Escape') {
      if (event.type === 'keydown') escaped = !event.defaultPrevented
      if (escaped) return
    }
    event.stopImmediatePropagation()
  }

  for (const type of types) {
    const options = { capture: true, passive: passive.test(type), signal: controller.signal }
    window.addEventListener(type, onEvent, options)
  }
  return () => controller.abort()
}

const isClick = ({ type }: Event) => type === 'click' || type === 'auxclick'

/** Also over something else than where the press began: a drag, and its end. */
function followsPress(event: Event): boolean {
  const { type, buttons, detail } = event as MouseEvent
  // By keyboard, or by code, a click has no detail.
  if (isClick(event)) return detail > 0
  return /(up|end|cancel)$/.test(type)
    ? /^(pointer|mouse|touch)/.test(type)
    : /^(pointer|mouse|touch)move$/.test(type) && buttons !== 0
}

/** Unless a component takes them, the browser would leave the page for them. */
function refuseFiles(event: Event): void {
  const { type, dataTransfer } = event as DragEvent
  if (!/^drag(enter|over)$/.test(type) || event.defaultPrevented) return
  if (!dataTransfer?.types.includes('Files')) return
  event.preventDefault()
  dataTransfer.dropEffect = 'none'
}

/**
 * Goes no further than the shadow root, and does nothing by itself, which would be done twice: it is cancelled from the
 * beginning, and no MouseEvent, which would check a box. What a component prevents is prevented in `event`.
 */
function copyOf(event: Event): Event {
  const copy = new Event(event.type, { bubbles: event.bubbles, cancelable: true })
  copy.preventDefault()
  const own: PropertyDescriptorMap = {
    defaultPrevented: { get: () => event.defaultPrevented },
    preventDefault: { value: () => event.preventDefault() },
  }
  // Of its kind: what a testing library has put on the event itself hides from a loop.
  for (const name in Object.getPrototypeOf(event)) {
    if (name in copy) continue
    own[name] = {
      get() {
        const value: unknown = event[name as keyof Event]
        return typeof value === 'function' ? value.bind(event) : value
      },
    }
  }
  return Object.defineProperties(copy, own)
}
