import { type RefObject, useLayoutEffect, useRef } from 'react'
import { detailStyles } from '../styles/detail.ts'
import { viewStyles } from '../styles/views.ts'

/** Adds a style sheet to the shadow root around the ref's element, while the component is mounted. */
export function useStyles<E extends HTMLElement>(text: string): RefObject<E | null> {
  const element = useRef<E>(null)
  useLayoutEffect(() => {
    const root = element.current?.getRootNode()
    const view = element.current?.ownerDocument.defaultView
    if (!(root && view && 'adoptedStyleSheets' in root)) return undefined
    const tree = root as ShadowRoot
    // A style sheet cannot be shared between documents.
    const sheet = new view.CSSStyleSheet()
    sheet.replaceSync(text)
    tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet]
    return () => {
      tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((other) => other !== sheet)
    }
  }, [text])
  return element
}

/** Adds the styles of a view, and those that the views share. */
export const useViewStyles = <E extends HTMLElement>(text: string) =>
  useStyles<E>(detailStyles + viewStyles + text)
