/** A link or a form that leaves the page would end the story, and the run of its test. Last of all listeners. */
export function stayHere(): () => void {
  const controller = new AbortController()
  const { signal } = controller
  const onClick = (event: MouseEvent) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement)
    if (link && !link.getAttribute('href')?.startsWith('#')) event.preventDefault()
  }
  window.addEventListener('click', onClick, { signal })
  window.addEventListener('auxclick', onClick, { signal })
  window.addEventListener('submit', (event) => event.preventDefault(), { signal })
  return () => controller.abort()
}
