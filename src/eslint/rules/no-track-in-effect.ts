import { runsInEffect } from '../components.ts'
import { lintRule } from '../rule.ts'
import { isTrackCall } from '../tracking.ts'

export const noTrackInEffect = lintRule(
  'no-track-in-effect',
  'Disallow track() directly in an effect',
  (report) => ({
    CallExpression(node) {
      if (!isTrackCall(node) || !runsInEffect(node)) return
      report(
        node,
        'track() in an effect runs at each mount and each change of its dependencies, and says nothing of what the user did. Call it in an event handler, or use <Impression> for what the user sees and usePage() for pages.',
      )
    },
  }),
  'suggestion',
)
