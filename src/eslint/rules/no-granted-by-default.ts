import { lintRule } from '../rule.ts'
import { bare, type Node, pathOf, textOf } from '../syntax.ts'
import { optionOf } from '../tracking.ts'

/** Returns whether consent is given in the source, for all categories or for one. */
function isGranted(consent: Node | undefined): boolean {
  if (textOf(consent) === 'granted') return true
  const categories = bare(consent)?.properties ?? []
  return categories.some(({ value }) => textOf(value as Node | undefined) === 'granted')
}

export const noGrantedByDefault = lintRule(
  'no-granted-by-default',
  'Disallow consent that the source gives for the user',
  (report) => ({
    CallExpression(node) {
      if (pathOf(node.callee)?.at(-1) !== 'createTracker') return
      const consent = optionOf(node, 0, 'consent')
      if (!consent || !isGranted(consent)) return
      report(
        consent,
        "consent: 'granted' sends events of users who were never asked. Remove it, and call tracker.consent.update('granted') with the user's answer. If no consent is needed, turn the rule off and say why.",
      )
    },
  }),
)
