/** What the overlay's own components do not listen to: kept from the app before it can see them. */
const unused = [
  'mousedown',
  'touchstart',
  'focusin',
  'focusout',
  'focus',
  'blur',
  'dblclick',
  'auxclick',
  'contextmenu',
  'wheel',
]
/** Kept from the app too, and given to the overlay's components as copies that do not leave its shadow root. */
const copied = ['pointerdown', 'keydown', 'keyup'] as const
/** While the app drags something, these are its own, also over the overlay. */
const moves = ['pointermove', 'mousemove', 'touchmove']
const ends = ['pointerup', 'mouseup', 'touchend', 'pointercancel', 'touchcancel']
/** What has an effect of its own, which a copy would have again: stopped on the way out. */
const used = [
  'click',
  'keypress',
  'beforeinput',
  'input',
  'change',
  'submit',
  'reset',
  'copy',
  'cut',
  'paste',
  'compositionstart',
  'compositionupdate',
  'compositionend',
]

/**
 * Keeps events inside the overlay: a click in it must not close the app's popover, nor be tracked. Default actions are
 * untouched. An Escape that the overlay has no use for goes on to the app. Returns a stop.
 */
export function shield(host: HTMLElement, root: ShadowRoot): () => void {
  const controller = new AbortController()
  const { signal } = controller
  /** Where the pointer went down: an element of the overlay, or the app. What comes of a press goes where it began. */
  let pressed: EventTarget | 'app' | undefined

  const isOurs = (event: Event) => event.composedPath().includes(host)
  const listen = (types: readonly string[], listener: (event: Event) => void) => {
    for (const type of types) {
      const passive = !type.startsWith('key')
      window.addEventListener(type, listener, { capture: true, signal, passive })
    }
  }

  listen(unused, (event) => {
    if (isOurs(event)) event.stopImmediatePropagation()
  })
  listen(['pointerdown'], (event) => {
    pressed = isOurs(event) ? event.composedPath()[0] : 'app'
  })
  let escaped = false
  listen(copied, (event) => {
    if (!isOurs(event)) return
    const prevented = passOn(event)
    if (prevented) event.preventDefault()
    if ((event as KeyboardEvent).key === 'Escape') {
      if (event.type === 'keydown') escaped = !prevented
      if (escaped) return
    }
    event.stopImmediatePropagation()
  })
  listen([...moves, ...ends], (event) => {
    const { type, buttons } = event as MouseEvent
    const isMove = moves.includes(type)
    if (pressed instanceof EventTarget && (buttons !== 0 || !isMove)) {
      event.stopImmediatePropagation()
      if (type.startsWith('pointer')) passOn(event, pressed)
    } else if (isMove && isOurs(event) && (pressed !== 'app' || buttons === 0)) {
      event.stopImmediatePropagation()
    }
    if (type === 'mouseup' || type === 'touchend') pressed = undefined
  })
  for (const type of used) root.addEventListener(type, (event) => event.stopPropagation(), { signal })
  return () => controller.abort()
}

/** Whether somebody inside has prevented the copy. `target`: default where the event is. */
function passOn(event: Event, target = event.composedPath()[0]): boolean {
  const Kind = event instanceof KeyboardEvent ? KeyboardEvent : PointerEvent
  const fields: Record<string, unknown> = {}
  for (const name in Kind.prototype) fields[name] = event[name as keyof Event]
  const copy = new Kind(event.type, { ...fields, composed: false })
  return target?.dispatchEvent(copy) === false
}
