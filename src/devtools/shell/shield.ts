/**
 * Events that leave a shadow root and reach outside-click handlers, autocapture or shortcuts. Omits events that end at
 * the root by themselves (`change`, `submit`, `scroll`), and events that the browser sends throughout the app, or more
 * often, once there is a listener (`pointerenter`, `mouseleave`, `pointerrawupdate`).
 */
const types =
  'pointerdown pointerup pointermove pointercancel pointerover pointerout gotpointercapture lostpointercapture \
mousedown mouseup mousemove mouseover mouseout click dblclick auxclick contextmenu wheel \
touchstart touchmove touchend touchcancel keydown keypress keyup focus blur focusin focusout \
beforeinput textInput input compositionstart compositionupdate compositionend \
beforecopy beforecut beforepaste copy cut paste selectstart DOMActivate \
dragstart drag dragend dragenter dragover dragleave drop'.split(' ')
/** Events that need a passive listener, because another one would delay scrolling in the app. */
const passive = /^(wheel|touchstart|touchmove)$/

/**
 * Keeps events inside the overlay, so that a click in it neither closes the app's popover nor gets tracked. Stops each
 * event at the window, before listeners of the document can capture it, and passes a copy to the overlay's components.
 * The default action still happens. An Escape that the overlay does not use reaches the app.
 *
 * Does not cover: capturing listeners on the window that were added before the overlay; `blur` and `selectionchange`
 * events, which belong to the app; a host inside a closed shadow root. Returns a function that removes the listeners.
 */
export function shield(host: HTMLElement): () => void {
  const controller = new AbortController()
  /**
   * Target of the last pointerdown: an element of the overlay, or the app. The events of a press go to the target where
   * it began.
   */
  let pressed: EventTarget | 'app' | undefined
  let escaped = false

  function onEvent(event: Event): void {
    const path = event.composedPath()
    const [inner] = path
    const within = path.includes(host)
    if (event.type === 'pointerdown') pressed = within ? inner : 'app'
    const follows = pressed !== undefined && followsPress(event)
    if (follows ? pressed === 'app' : !within) return
    // A press that begins here and ends in the app clicks on their common ancestor: neither gets the click.
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

/** Returns whether an event belongs to the current press wherever the pointer is: a drag, and its end. */
function followsPress(event: Event): boolean {
  const { type, buttons, detail } = event as MouseEvent
  // A click by keyboard or script has no detail.
  if (isClick(event)) return detail > 0
  return /(up|end|cancel)$/.test(type)
    ? /^(pointer|mouse|touch)/.test(type)
    : /^(pointer|mouse|touch)move$/.test(type) && buttons !== 0
}

/** Refuses dropped files that no component takes: the browser would leave the page to open them. */
function refuseFiles(event: Event): void {
  const { type, dataTransfer } = event as DragEvent
  if (!/^drag(enter|over)$/.test(type) || event.defaultPrevented) return
  if (!dataTransfer?.types.includes('Files')) return
  event.preventDefault()
  dataTransfer.dropEffect = 'none'
}

/**
 * Copies an event for the overlay's components. The copy stays in the shadow root and has no default action of its own,
 * which would happen twice: it is canceled from the start, and is not a MouseEvent, which would toggle a checkbox.
 * Preventing its default prevents that of `event`.
 */
function copyOf(event: Event): Event {
  const copy = new Event(event.type, { bubbles: event.bubbles, cancelable: true })
  copy.preventDefault()
  const own: PropertyDescriptorMap = {
    defaultPrevented: { get: () => event.defaultPrevented },
    preventDefault: { value: () => event.preventDefault() },
  }
  // Reads the properties of the event's class: a testing library may define non-enumerable properties on the event.
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
