const DOCUMENT_FRAGMENT = 11

/**
 * Returns the host of a shadow tree; undefined for other nodes. A link has a `host` as well, which is a text, and
 * `<form name="host">` is the `host` of its document.
 */
export function hostOf(node: Node): Element | undefined {
  return node.nodeType === DOCUMENT_FRAGMENT ? (node as Partial<ShadowRoot>).host : undefined
}

/** Returns the element and what it is rendered in, from the inside out: slots, and hosts of shadow trees, too. */
export function aroundAndSelf(element: Element): Element[] {
  const found: Element[] = []
  let each: Element | undefined = element
  while (each) {
    found.push(each)
    each = each.assignedSlot ?? each.parentElement ?? hostOf(each.getRootNode())
  }
  return found
}
