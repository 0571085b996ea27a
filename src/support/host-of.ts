const DOCUMENT_FRAGMENT = 11

/**
 * Returns the host of a shadow tree; undefined for other nodes. A link has a `host` as well, which is a text, and
 * `<form name="host">` is the `host` of its document.
 */
export function hostOf(node: Node): Element | undefined {
  return node.nodeType === DOCUMENT_FRAGMENT ? (node as Partial<ShadowRoot>).host : undefined
}
