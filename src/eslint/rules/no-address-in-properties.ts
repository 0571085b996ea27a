import { lintRule } from '../rule.ts'
import { type Node, pathOf } from '../syntax.ts'
import { isInProperties } from '../tracking.ts'

/** Addresses with a query or a fragment, in which e-mail addresses and tokens travel. */
const addresses =
  /^(?:document\.)?location(?:\.(?:href|search|hash|toString))?$|^document\.(?:URL|documentURI|baseURI|referrer)$/

/** Returns whether a node is part of a longer access, such as `location` in `location.pathname`, or is read by `new URL()`. */
function isPart(node: Node): boolean {
  const { parent } = node
  if (parent?.type === 'MemberExpression') return parent.object === node || !parent.computed
  if (parent?.type === 'NewExpression') return parent.callee?.name === 'URL'
  return parent?.type === 'Property' && parent.key === node && parent.value !== node
}

export const noAddressInProperties = lintRule(
  'no-address-in-properties',
  'Disallow whole addresses in properties',
  (report) => {
    const look = (node: Node) => {
      const path = pathOf(node)?.join('.') ?? ''
      if (!addresses.test(path) || isPart(node) || !isInProperties(node)) return
      report(
        node,
        `${path} has a query or a fragment, in which e-mail addresses and tokens travel, and it differs for each user. Each event has its page already, without them: remove it, or send location.pathname.`,
      )
    }
    return { MemberExpression: look, Identifier: look }
  },
)
