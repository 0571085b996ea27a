import { type RefObject, useLayoutEffect } from 'react'

/** Adopts a sheet of its own into the tree that the element is in: what is loaded late brings its styles. */
export function useStyles(element: RefObject<HTMLElement | null>, text: string): void {
  useLayoutEffect(() => {
    const root = element.current?.getRootNode()
    const view = element.current?.ownerDocument.defaultView
    if (!(root && view && 'adoptedStyleSheets' in root)) return undefined
    const tree = root as ShadowRoot
    const sheet = new view.CSSStyleSheet()
    sheet.replaceSync(text)
    tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet]
    return () => {
      tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((other) => other !== sheet)
    }
  }, [element, text])
}
