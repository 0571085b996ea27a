interface Picking {
  /** The pointer is over this element; undefined: over the overlay, or nothing. */
  readonly onPoint: (element: Element | undefined) => void
  readonly onPick: (element: Element) => void
  readonly onCancel: () => void
}

/** Of a click that chooses, nothing may reach the page. */
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
 * Until the returned stop, pointing shows and clicking chooses an element of the page. Escape ends it, also with the focus in
 * the `overlay`, whose keys do not reach the window.
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
        // A touch whose start is prevented gives no click.
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
