/** Returns the element that plays a video or sound in a part of the page, also inside the shadow of a custom element. */
export function playingVideo(root: Document | ShadowRoot | Element = document): HTMLVideoElement | undefined {
  for (const element of root.querySelectorAll('*')) {
    if (element instanceof HTMLMediaElement && element.currentSrc) return element as HTMLVideoElement
    const inside = element.shadowRoot && playingVideo(element.shadowRoot)
    if (inside) return inside
  }
  return undefined
}
