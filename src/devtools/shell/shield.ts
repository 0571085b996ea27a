/** What the overlay's own components do not listen to: kept from the app before it can see them. */
const unused = [
  'pointerdown',
  'mousedown',
  'touchstart',
  'focusin',
  'focusout',
  'focus',
  'blur',
  'dblclick',
  'auxclick',
  'contextmenu',
]
/** An end whose start was elsewhere belongs to the app: it may be dragging. */
const ends = ['pointerup', 'mouseup', 'touchend', 'pointercancel', 'touchcancel']
/** What they do listen to: stopped on the way out. */
const used = [
  'click',
  'keydown',
  'keyup',
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
  let pressed = false

  const isOurs = (event: Event) => event.composedPath().includes(host)
  for (const type of unused) {
    window.addEventListener(
      type,
      (event) => {
        const ours = isOurs(event)
        if (type.endsWith('down') || type === 'touchstart') pressed = ours
        if (ours) event.stopImmediatePropagation()
      },
      { capture: true, signal, passive: true },
    )
  }
  for (const type of ends) {
    const listener = (event: Event) => {
      if (pressed && isOurs(event)) event.stopImmediatePropagation()
    }
    window.addEventListener(type, listener, { capture: true, signal, passive: true })
  }
  let escaped = false
  for (const type of used) {
    root.addEventListener(
      type,
      (event) => {
        if (event instanceof KeyboardEvent && event.key === 'Escape') {
          if (type === 'keydown') escaped = !event.defaultPrevented
          if (escaped) return
        }
        event.stopPropagation()
      },
      { signal },
    )
  }
  return () => controller.abort()
}
