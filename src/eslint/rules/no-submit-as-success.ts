import { lintRule } from '../rule.ts'
import { contains, type Node } from '../syntax.ts'
import { handlerAround, isTrackCall } from '../tracking.ts'

/** Returns whether a handler waits for something before a call. */
function isAfterAwait(call: Node, fn: Node): boolean {
  let reached = false
  return contains(fn, (each) => {
    reached ||= each === call
    return !reached && each.type === 'AwaitExpression'
  })
}

export const noSubmitAsSuccess = lintRule(
  'no-submit-as-success',
  'Disallow track() in onSubmit before the answer of the server',
  (report) => ({
    CallExpression(node) {
      const handler = isTrackCall(node) ? handlerAround(node) : undefined
      if (handler?.name !== 'onSubmit' || isAfterAwait(node, handler.fn)) return
      report(
        node,
        'onSubmit runs before the server has answered: a request that fails is counted as a conversion. Use <TrackedForm events={{ success: … }}> with an onSubmit that returns the promise of the request, or call track() after the answer.',
      )
    },
  }),
  'suggestion',
)
