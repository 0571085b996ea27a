import { attempt } from '../support/attempt.ts'
import { call } from '../support/listeners.ts'
import type { Lifecycle } from './platform.ts'

type Stop = () => void

/**
 * Adds listeners, and never throws: pages wrap and break `addEventListener`. An event that cannot be observed is
 * ignored.
 */
function listen(target: EventTarget, types: readonly string[], listener: (event: Event) => void): Stop {
  const options = { capture: true, passive: true }
  const guarded = (event: Event) => call(() => listener(event))
  for (const type of types) attempt(() => target.addEventListener(type, guarded, options))
  return () => {
    for (const type of types) attempt(() => target.removeEventListener(type, guarded, options))
  }
}

/**
 * Creates the browser's lifecycle. Uses neither `unload` nor `beforeunload`, which keep a page out of the back/forward
 * cache.
 */
export function browserLifecycle(): Lifecycle {
  const prerendering = () => attempt(() => (document as { prerendering?: boolean }).prerendering) === true
  const isShown = () => attempt(() => document.visibilityState) !== 'hidden'
  return {
    prerendering,
    onActivated: (listener) => listen(document, ['prerenderingchange'], () => listener()),
    onHidden: (listener) => {
      const stopVisibility = listen(document, ['visibilitychange'], () => {
        // It fires while a page is still prerendering.
        if (!isShown() && !prerendering()) listener(false)
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
      // Media events do not bubble, but they are captured: a video that plays is activity.
      listen(document, ['pointerdown', 'keydown', 'scroll', 'timeupdate'], () => {
        if (isShown()) listener()
      }),
    onStorage: (listener) =>
      listen(window, ['storage'], (event) => {
        const { key, newValue } = event as StorageEvent
        listener(key ?? undefined, newValue ?? undefined)
      }),
    tellStorage(key, newValue = null as never) {
      attempt(() => window.dispatchEvent(new StorageEvent('storage', { key, newValue })))
    },
    onFrozen: (listener) => listen(document, ['freeze', 'resume'], ({ type }) => listener(type === 'freeze')),
  }
}
