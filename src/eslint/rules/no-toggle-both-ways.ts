import { lintRule } from '../rule.ts'
import { between, contains, type Node } from '../syntax.ts'
import { type Handler, handlerAround, isTrackCall } from '../tracking.ts'

const conditions = ['IfStatement', 'ConditionalExpression', 'LogicalExpression', 'SwitchStatement']
const isCondition = ({ type }: Node) => conditions.includes(type)

/** Returns whether a call depends on a condition, or comes after one that may return. */
function isConditional(call: Node, { fn }: Handler): boolean {
  if (between(call, fn).some(isCondition)) return true
  const body = (fn.body as Node).body
  const statements = Array.isArray(body) ? (body as readonly Node[]) : []
  const own = statements.findIndex((each) => contains(each, (inner) => inner === call))
  return statements.slice(0, Math.max(0, own)).some((each) => contains(each, isCondition))
}

export const noToggleBothWays = lintRule(
  'no-toggle-both-ways',
  'Disallow track() in onToggle without a look at the new state',
  (report) => ({
    CallExpression(node) {
      const handler = isTrackCall(node) ? handlerAround(node) : undefined
      if (handler?.name !== 'onToggle' || isConditional(node, handler)) return
      report(
        node,
        'onToggle also runs when the element closes: each opening is counted twice. Look at the state first: onToggle={(event) => event.currentTarget.open && track(…)}; for a popover, event.newState.',
      )
    },
  }),
)
