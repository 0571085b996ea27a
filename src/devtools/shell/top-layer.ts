const isModal = (target: EventTarget): target is HTMLDialogElement =>
  target instanceof HTMLDialogElement && target.matches(':modal')

/**
 * Puts `host` above the page, and keeps it usable. A modal dialog makes inert whatever is outside of it, the top layer
 * included: the host goes inside while one is open, and back to the body afterwards. Returns a removal.
 */
export function stayOnTop(host: HTMLElement): () => void {
  const controller = new AbortController()
  /** The open dialogs that were seen, the latest last. */
  let dialogs: readonly HTMLDialogElement[] = []
  const gone = new MutationObserver(settle)

  function put(parent: Element): void {
    // Keeps focus and scroll positions.
    const canMove = host.isConnected && 'moveBefore' in parent
    if (host.parentNode !== parent) parent[canMove ? 'moveBefore' : 'insertBefore'](host, null)
    if (!('popover' in host)) return
    // Again, to be above what came later.
    if (host.matches(':popover-open')) host.hidePopover()
    host.showPopover()
  }

  /** Where the host belongs now: an application may close a dialog, or take it out of the document. */
  function settle(): void {
    const open = dialogs.filter((dialog) => dialog.isConnected && dialog.matches(':modal'))
    const unchanged = open.length === dialogs.length && host.isConnected
    dialogs = open
    if (unchanged) return
    const parent = dialogs.at(-1)
    if (!parent) gone.disconnect()
    put(parent ?? document.body)
  }

  // Opening a dialog moves the focus into it, wherever it is, also in a shadow root that nothing else tells about.
  function onFocus(event: Event): void {
    const dialog = event.composedPath().find(isModal)
    if (!dialog || dialog === dialogs.at(-1)) return
    dialogs = [...dialogs.filter((other) => other !== dialog), dialog]
    dialog.addEventListener('close', settle, { signal: controller.signal })
    gone.observe(dialog.getRootNode(), { childList: true, subtree: true })
    put(dialog)
  }

  if ('popover' in host) host.popover = 'manual'
  window.addEventListener('focusin', onFocus, { capture: true, signal: controller.signal })
  put(document.body)
  return () => {
    controller.abort()
    gone.disconnect()
    host.remove()
  }
}
