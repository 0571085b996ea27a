interface Picking {
  /** Called with the element under the pointer; undefined over the overlay or outside of the page. */
  readonly onPoint: (element: Element | undefined) => void
  readonly onPick: (element: Element) => void
  readonly onCancel: () => void
}

/** Events that must not reach the page while the tester picks an element. */
const swallowed = [
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'touchstart',
  'touchend',
  'auxclick',
  'dblclick',
  'contextmenu',
]

/**
 * Lets the tester point at an element of the page and pick it with a click. Escape cancels, also while the focus is in
 * `overlay`, whose key events do not reach the window. Returns a function that stops picking.
 */
export function startPicking(overlay: Node, { onPoint, onPick, onCancel }: Picking): () => void {
  const controller = new AbortController()
  const options = { capture: true, signal: controller.signal } as const
  const target = (event: Event) => {
    const path = event.composedPath().filter((node) => node instanceof Element)
    return path.some(({ localName }) => localName === 'rmc-devtools') ? undefined : path[0]
  }
  window.addEventListener('pointermove', (event) => onPoint(target(event)), options)
  for (const type of swallowed) {
    window.addEventListener(
      type,
      (event) => {
        if (!target(event)) return
        event.stopImmediatePropagation()
        // Preventing the start of a touch would suppress the click.
        if (!type.startsWith('touch')) event.preventDefault()
      },
      { ...options, passive: false },
    )
  }
  window.addEventListener(
    'click',
    (event) => {
      const element = target(event)
      if (!element) return
      event.preventDefault()
      event.stopImmediatePropagation()
      onPick(element)
    },
    options,
  )
  for (const within of [window, overlay]) {
    within.addEventListener(
      'keydown',
      (event) => {
        if ((event as KeyboardEvent).key !== 'Escape') return
        event.preventDefault()
        event.stopImmediatePropagation()
        onCancel()
      },
      options,
    )
  }
  return () => controller.abort()
}
