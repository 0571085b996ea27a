import { type RefObject, useLayoutEffect, useState } from 'react'

/** Returns the current size of an element's border box in CSS px; zeros before it mounts. */
export function useMeasured(element: RefObject<HTMLElement | null>) {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const target = element.current
    // The element may be in a separate window.
    const view = target?.ownerDocument.defaultView
    if (!target || !view) return undefined
    const measure = () => {
      const { width, height } = target.getBoundingClientRect()
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }))
    }
    measure()
    const observer = new view.ResizeObserver(measure)
    observer.observe(target, { box: 'border-box' })
    return () => observer.disconnect()
  }, [element])
  return size
}
