import type { Lifecycle } from './platform.ts'

type Stop = () => void

function listen(target: EventTarget, types: readonly string[], listener: (event: Event) => void): Stop {
  const options = { capture: true, passive: true }
  for (const type of types) target.addEventListener(type, listener, options)
  return () => {
    for (const type of types) target.removeEventListener(type, listener, options)
  }
}

/** No `unload`, no `beforeunload`: they would keep the page out of the back/forward cache. */
export function browserLifecycle(): Lifecycle {
  const prerendering = () => (document as { prerendering?: boolean }).prerendering === true
  return {
    prerendering,
    onActivated: (listener) => listen(document, ['prerenderingchange'], () => listener()),
    onHidden: (listener) => {
      const stopVisibility = listen(document, ['visibilitychange'], () => {
        // It fires while a page is still prerendering.
        if (document.visibilityState === 'hidden' && !prerendering()) listener(false)
      })
      const stopPage = listen(window, ['pagehide'], () => listener(true))
      return () => {
        stopVisibility()
        stopPage()
      }
    },
    onRestored: (listener) =>
      listen(window, ['pageshow'], (event) => {
        if ((event as PageTransitionEvent).persisted) listener()
      }),
    onActivity: (listener) =>
      // Media events do not bubble, but they are captured: a film that plays is activity.
      listen(document, ['pointerdown', 'keydown', 'scroll', 'timeupdate'], () => {
        if (document.visibilityState === 'visible') listener()
      }),
    onStorage: (listener) =>
      listen(window, ['storage'], (event) => {
        const { key, newValue } = event as StorageEvent
        listener(key ?? undefined, newValue ?? undefined)
      }),
  }
}
