import { lintRule } from '../rule.ts'
import {
  around,
  attributeOf,
  attributeValue,
  bare,
  isFunction,
  moduleOf,
  type Node,
  pathOf,
  tagOf,
} from '../syntax.ts'
import { optionOf } from '../tracking.ts'

const inProduction = 'react-microconversions/devtools/production'
const message =
  'The overlay of /devtools/production is always on here: every user of the production build sees it. Pass a condition, such as enabled={user.isTester} or enabled={urlFlag(…)}; in development use react-microconversions/devtools.'

/** Returns whether a value is always true: `true`, or a function that returns it. */
function isAlwaysTrue(node: Node | undefined): boolean {
  const inner = bare(node)
  if (inner?.type === 'Literal') return Boolean(inner.value)
  return inner !== undefined && isFunction(inner) && isAlwaysTrue(inner.body as Node)
}

export const noOverlayForEverybody = lintRule(
  'no-overlay-for-everybody',
  'Disallow the production overlay without a condition',
  (report) => ({
    JSXOpeningElement(node) {
      const element = around(node, ({ type }) => type === 'JSXElement')
      const tag = tagOf(element) ?? ''
      if (!['MicroconversionDevtools', 'MicroconversionPanel'].includes(tag)) return
      if (moduleOf(node, tag) !== inProduction) return
      const enabled = attributeOf(element, 'enabled')
      if (enabled && (enabled.value === null || isAlwaysTrue(attributeValue(enabled))))
        report(enabled, message)
    },
    CallExpression(node) {
      const name = pathOf(node.callee)?.join('.') ?? ''
      if (name !== 'microconversionsPlugin' || moduleOf(node, name) !== inProduction) return
      const enabled = optionOf(node, 1, 'enabled')
      if (enabled && isAlwaysTrue(enabled)) report(enabled, message)
    },
  }),
)
