/** Returns a selector that matches this element only: the place of each element on the way from the root. */
export function selectorOf(element: Element): string {
  const parent = element.parentElement
  if (!parent) return element.localName
  const place = [...parent.children].indexOf(element) + 1
  return `${selectorOf(parent)} > :nth-child(${place})`
}
