const isModal = (target: EventTarget): target is HTMLDialogElement =>
  target instanceof HTMLDialogElement && target.matches(':modal')

/**
 * Keeps `host` above the page and usable. A modal dialog makes everything outside of it inert, including the top layer:
 * the host moves into an open dialog, and back to the body afterwards. Returns a function that removes the host.
 */
export function stayOnTop(host: HTMLElement): () => void {
  const controller = new AbortController()
  /** Open dialogs, latest last. */
  let dialogs: readonly HTMLDialogElement[] = []
  const gone = new MutationObserver(settle)

  function put(parent: Element): void {
    // `moveBefore` keeps the focus and scroll positions.
    const canMove = host.isConnected && 'moveBefore' in parent
    if (host.parentNode !== parent) parent[canMove ? 'moveBefore' : 'insertBefore'](host, null)
    if (!('popover' in host)) return
    // Showing the popover again moves it above later elements of the top layer.
    if (host.matches(':popover-open')) host.hidePopover()
    host.showPopover()
  }

  /** Moves the host after the application closes a dialog or removes it from the document. */
  function settle(): void {
    const open = dialogs.filter((dialog) => dialog.isConnected && dialog.matches(':modal'))
    const unchanged = open.length === dialogs.length && host.isConnected
    dialogs = open
    if (unchanged) return
    const parent = dialogs.at(-1)
    if (!parent) gone.disconnect()
    put(parent ?? document.body)
  }

  // Opening a dialog moves the focus into it, also inside a shadow root, where no other event reveals it.
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
