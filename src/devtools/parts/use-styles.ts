import { type RefObject, useLayoutEffect, useRef } from 'react'
import { viewStyles } from '../styles/views.ts'

/** Styles that come with a view that is loaded on demand, for the tree around the element of the ref while it is there. */
export function useStyles<E extends HTMLElement>(text: string): RefObject<E | null> {
  const element = useRef<E>(null)
  useLayoutEffect(() => {
    const root = element.current?.getRootNode()
    const view = element.current?.ownerDocument.defaultView
    if (!(root && view && 'adoptedStyleSheets' in root)) return undefined
    const tree = root as ShadowRoot
    // Of the document that it is shown in: a sheet cannot be shared with another.
    const sheet = new view.CSSStyleSheet()
    sheet.replaceSync(text)
    tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet]
    return () => {
      tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((other) => other !== sheet)
    }
  }, [text])
  return element
}

/** Those of a view, with what the views share. */
export const useViewStyles = <E extends HTMLElement>(text: string) => useStyles<E>(viewStyles + text)
