import { type RefObject, useLayoutEffect, useRef } from 'react'

/**
 * Moves the focus to `target` if the focused element disappears when `when` changes, and on mount if `atMount`, so that
 * keyboard users do not start again at the top of the page. Never takes the focus from the app.
 */
export function useCatchFocus(target: RefObject<HTMLElement | null>, when: unknown, atMount: boolean): void {
  const mounted = useRef(atMount)
  // At once: a key that is pressed before the focus is caught would reach the page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `when` triggers the effect and is no input
  useLayoutEffect(() => {
    const { activeElement, body } = target.current?.ownerDocument ?? document
    const lost = activeElement === null || activeElement === body
    if (mounted.current && lost) target.current?.focus()
    mounted.current = true
  }, [target, when])
}
