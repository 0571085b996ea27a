import { type RefObject, useEffect, useRef } from 'react'

/**
 * Takes the focus when what had it is gone, after each change of `when`, and at the mount if `atMount`: the keyboard
 * must not start again at the top of the page. A focus in the app is never taken.
 */
export function useCatchFocus(target: RefObject<HTMLElement | null>, when: unknown, atMount: boolean): void {
  const mounted = useRef(atMount)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `when` is the cause, not an input
  useEffect(() => {
    const { activeElement, body } = target.current?.ownerDocument ?? document
    const lost = activeElement === null || activeElement === body
    if (mounted.current && lost) target.current?.focus()
    mounted.current = true
  }, [target, when])
}
