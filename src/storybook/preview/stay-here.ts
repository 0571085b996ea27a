/**
 * Keeps links and forms from leaving the story. Storybook's frame has `<base target="_parent">`: a link, also one to `#pricing`,
 * would replace the whole Storybook. Listens last, after every handler of the story. Returns a function that ends it.
 */
export function stayHere(canvas: Element): () => void {
  const controller = new AbortController()
  const options = { signal: controller.signal }
  window.addEventListener('click', keepLink, options)
  window.addEventListener('auxclick', keepLink, options)
  window.addEventListener('submit', (event) => event.preventDefault(), options)
  return () => {
    // Storybook ends a story while its play function may still click. A link that is no longer in the document leads away, too,
    // and its click does not reach the window.
    for (const link of canvas.querySelectorAll('a')) link.addEventListener('click', keepLink)
    controller.abort()
  }
}

function keepLink(event: MouseEvent): void {
  if (event.defaultPrevented) return
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement)
  const href = link?.getAttribute('href')
  if (href === undefined || href === null) return
  event.preventDefault()
  // A place in the story: goes there as the browser would without the `<base>`.
  if (event.type === 'click' && href.startsWith('#')) location.hash = href
}
