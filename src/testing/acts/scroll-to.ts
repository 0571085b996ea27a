/** Height of the viewport and of the page, in px, in an environment without layout. */
const VIEW_PX = 720
const PAGE_PX = 7_200

/**
 * Scrolls the page until the given share of it (0-1) has been in view. Dispatches a `wheel` event first, because only scrolling
 * by a user counts. Without layout (jsdom, happy-dom) the page is ten screens long.
 *
 * @example
 * await tracking.scrollTo(0.75) // the marks at 25, 50 and 75 %
 */
export async function scrollTo(share: number): Promise<void> {
  const root = document.scrollingElement ?? document.documentElement
  // A component that has just mounted listens after its effects.
  await undefined
  document.body.dispatchEvent(new Event('wheel', { bubbles: true }))
  if (root.clientHeight > 0 && root.scrollHeight > root.clientHeight && !laidOut.has(root)) {
    root.scrollTop = share * root.scrollHeight - root.clientHeight
    await new Promise((resolve) => requestAnimationFrame(resolve))
    return
  }
  laidOut.add(root)
  const values = {
    clientHeight: VIEW_PX,
    scrollHeight: PAGE_PX,
    scrollTop: Math.max(0, share * PAGE_PX - VIEW_PX),
  }
  for (const [name, value] of Object.entries(values))
    Object.defineProperty(root, name, { value, configurable: true, writable: true })
  document.dispatchEvent(new Event('scroll'))
}

/** Elements whose sizes this function has set. */
const laidOut = new WeakSet<Element>()
