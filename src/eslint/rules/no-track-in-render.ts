import { runsInRender } from '../components.ts'
import { lintRule } from '../rule.ts'
import { isTrackCall } from '../tracking.ts'

export const noTrackInRender = lintRule(
  'no-track-in-render',
  'Disallow track() while a component renders',
  (report) => ({
    CallExpression(node) {
      if (!isTrackCall(node) || !runsInRender(node)) return
      report(
        node,
        'track() runs in each render, and twice in StrictMode: one event is counted several times, also for renders that React throws away. Call it in an event handler, or report what the user sees with <Impression>.',
      )
    },
  }),
)
