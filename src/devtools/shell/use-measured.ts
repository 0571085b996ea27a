import { type RefObject, useLayoutEffect, useState } from 'react'

/** The border box of an element, CSS px, kept up to date. Zeros until it is there. */
export function useMeasured(element: RefObject<HTMLElement | null>) {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const target = element.current
    // Of its own window, which may be another one than this.
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
