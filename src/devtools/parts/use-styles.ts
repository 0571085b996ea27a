import { type RefObject, useLayoutEffect, useRef } from 'react'

const adopted = new WeakMap<ShadowRoot, Set<string>>()

/** Styles that come with a view that is loaded on demand, for the shadow root around the element of the ref. */
export function useStyles<E extends HTMLElement>(text: string): RefObject<E | null> {
  const element = useRef<E>(null)
  useLayoutEffect(() => {
    const root = element.current?.getRootNode()
    const view = element.current?.ownerDocument.defaultView
    if (!(root && view && 'adoptedStyleSheets' in root && 'host' in root)) return
    const shadow = root as ShadowRoot
    const known = adopted.get(shadow) ?? new Set()
    adopted.set(shadow, known)
    if (known.has(text)) return
    known.add(text)
    // Of the document that it is shown in: a sheet cannot be shared with another.
    const sheet = new view.CSSStyleSheet()
    sheet.replaceSync(text)
    shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet]
  }, [text])
  return element
}
