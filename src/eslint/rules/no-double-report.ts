import { lintRule } from '../rule.ts'
import { around, isFunction, type Node, tagOf, textOf } from '../syntax.ts'
import { eventsOf, handlerAround, isClickable, isTrackCall } from '../tracking.ts'

/** Returns the clickable element around another, in the same function. */
function clickableAround(element: Node): Node | undefined {
  const found = around(
    element,
    (each) => isFunction(each) || (each.type === 'JSXElement' && isClickable(each)),
  )
  return found && isFunction(found) ? undefined : found
}

export const noDoubleReport = lintRule('no-double-report', 'Disallow two reports of one click', (report) => ({
  JSXElement(node) {
    const outer = isClickable(node) ? clickableAround(node) : undefined
    if (!outer) return
    report(
      node,
      `A click on <${tagOf(node)}> is also a click on the <${tagOf(outer)}> around it: one click sends two events. Keep one of them, and render the other as a plain element.`,
    )
  },
  CallExpression(node) {
    const name = isTrackCall(node) ? textOf(node.arguments?.[0]) : undefined
    const handler = name === undefined ? undefined : handlerAround(node)
    if (name === undefined || !handler || !eventsOf(handler.element).includes(name)) return
    report(
      node,
      `<${tagOf(handler.element)}> already reports "${name}": with track() in ${handler.name} one action sends two events. Remove the call, or the event of the component.`,
    )
  },
}))
