import { runsInRender } from '../components.ts'
import { lintRule } from '../rule.ts'
import { pathOf } from '../syntax.ts'

export const noTrackerInComponent = lintRule(
  'no-tracker-in-component',
  'Disallow createTracker() while a component renders',
  (report) => ({
    CallExpression(node) {
      if (pathOf(node.callee)?.at(-1) !== 'createTracker' || !runsInRender(node)) return
      report(
        node,
        'createTracker() in a component creates a tracker in each render, and two in StrictMode: all count, and share one storage (RMC107). Create it once, in a module, and pass it to <MicroconversionProvider>.',
      )
    },
  }),
)
