import { lintRule } from '../rule.ts'
import { bare, fieldOf, type Node, pathOf, textOf } from '../syntax.ts'

/** First arguments with which a vendor's function reports an event. Its other commands set it up. */
const commands: Readonly<Record<string, readonly string[]>> = {
  gtag: ['event'],
  fbq: ['track', 'trackCustom', 'trackSingle', 'trackSingleCustom'],
}

/** Functions of vendors that report an event, whatever their arguments. */
const calls = [
  ...['plausible', 'posthog.capture', 'mixpanel.track', 'umami.track', 'rudderanalytics.track'],
  ...['analytics.track', 'segment.track', 'amplitude.track', 'amplitude.logEvent', 'heap.track'],
  ...['tracking.trackEvent', 'appInsights.trackEvent', '_paq.push'],
]

/** Returns the name of a vendor's function that a call reports an event with. */
function vendorCall({ callee, arguments: given = [] }: Node): string | undefined {
  const name = pathOf(callee)?.join('.')
  const [first] = given
  if (name === undefined || first === undefined) return undefined
  if (commands[name]) return commands[name].includes(textOf(first) ?? '') ? name : undefined
  if (name === 'dataLayer.push') return isEvent(first) ? name : undefined
  if (name === '_paq.push') return isMatomoEvent(first) ? name : undefined
  return calls.includes(name) || /^ReactGA4?\.(?:event|send)$/.test(name) ? name : undefined
}

/** Returns whether an entry of the data layer is an event: `{ event }`, or a variable. `arguments` is a command of `gtag`. */
function isEvent(entry: Node): boolean {
  const inner = bare(entry)
  if (inner?.type === 'ObjectExpression') return fieldOf(inner, 'event') !== undefined
  return inner?.type === 'Identifier' && inner.name !== 'arguments'
}

function isMatomoEvent(entry: Node): boolean {
  return textOf(bare(entry)?.elements?.[0] ?? undefined) === 'trackEvent'
}

export const noRawTracking = lintRule(
  'no-raw-tracking',
  'Disallow calls of analytics vendors past the tracker',
  (report) => ({
    CallExpression(node) {
      const name = vendorCall(node)
      if (name === undefined) return
      report(
        node,
        `${name}() reports past the tracker: no plan checks the event, consent does not hold it back, and neither overlay nor tests see it. Declare an event, call track() or use a component, and give the vendor a destination.`,
      )
    },
  }),
)
