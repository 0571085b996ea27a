import { type RefObject, useEffect, useRef } from 'react'
import { isWriting } from './shortcut.ts'

/**
 * Listens for keys anywhere in the overlay that contains `element`, except while the tester types. Keys of the page do
 * not arrive there, and keys that arrive there never reach the page.
 */
export function useKeys(element: RefObject<HTMLElement | null>, onKey: (event: KeyboardEvent) => void): void {
  const latest = useRef(onKey)
  latest.current = onKey
  useEffect(() => {
    const root = element.current?.getRootNode()
    const onKeyDown = (event: Event) => {
      if (!event.defaultPrevented && !isWriting(event)) latest.current(event as KeyboardEvent)
    }
    root?.addEventListener('keydown', onKeyDown)
    return () => root?.removeEventListener('keydown', onKeyDown)
  }, [element])
}

/** Returns whether a key comes without Ctrl, Alt and Meta, which belong to the browser and to screen readers. */
export const isPlain = ({ altKey, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  !(altKey || ctrlKey || metaKey)
