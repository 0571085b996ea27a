/** Scrolls, and resolves after the scroll event: it comes with a later frame, and in a busy browser not with the next one. */
export async function scrollTo(y: number, element: Element = document.documentElement): Promise<void> {
  const before = element.scrollTop
  element.scrollTop = y
  // The page tells its document. From a shadow tree the event does not get out.
  const { ownerDocument } = element
  const target = element === ownerDocument.scrollingElement ? ownerDocument : element
  if (element.scrollTop !== before)
    await new Promise((done) => target.addEventListener('scroll', done, { once: true }))
  for (let frame = 0; frame < 2; frame++) await new Promise((done) => requestAnimationFrame(done))
}
