import type { LiveTracker } from '../../engine/live-trackers.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { plural } from '../parts/time-words.ts'

/** Facts that explain why the timeline is empty. */
export interface QuietScene {
  /** The overlay has neither a Provider around it nor a `tracker` prop. */
  readonly alone: boolean
  /** `foreign`: the tracker does not belong to this copy of the library, which cannot inspect it. */
  readonly tracker: 'live' | 'disposed' | 'foreign'
  readonly plan: AnyPlan
  readonly live: readonly LiveTracker[]
  /** Copy of the library that the overlay belongs to. */
  readonly own: LiveTracker['copy']
  readonly holds: boolean
  /** No destination has consent and none is denied: the user has not answered yet. */
  readonly pending: boolean
  /** Number of elements on the page that can report. */
  readonly reporters: number
}

export interface Diagnosis {
  readonly cause:
    | 'two-copies'
    | 'no-provider'
    | 'inert'
    | 'disposed'
    | 'empty-plan'
    | 'consent'
    | 'nothing-instrumented'
    | 'ready'
  readonly title: string
  readonly text: string
}

/** Returns the first cause that explains why the tracker recorded no attempt. */
export function diagnose(scene: QuietScene): Diagnosis {
  const { plan, live, own, reporters } = scene
  const versions = [...new Set([own, ...live.map(({ copy }) => copy)])].map(({ version }) => version)
  const blind = scene.alone || scene.tracker === 'foreign'
  if (versions.length > 1 && blind)
    return {
      cause: 'two-copies',
      title: 'Two copies of react-microconversions are on this page',
      text: `The overlay belongs to one (${versions[0]}), a tracker to another (${versions.slice(1).join(', ')}): neither sees the other. Let the bundler keep one: \`npm ls react-microconversions\`, then \`npm dedupe\`.`,
    }
  if (scene.alone)
    return {
      cause: 'no-provider',
      title: 'No tracker here',
      text: 'The overlay is outside of `<MicroconversionProvider>`. Move it inside, or give it the tracker: `<MicroconversionDevtools tracker={tracker} />`.',
    }
  if (scene.tracker === 'foreign')
    return {
      cause: 'inert',
      title: 'This tracker takes every call and emits nothing',
      text: 'It was made where there is no browser, as on a server. Make it in code that runs in the browser.',
    }
  if (scene.tracker === 'disposed')
    return {
      cause: 'disposed',
      title: 'This tracker was disposed',
      text: '`dispose()` was called, most often in the clean-up of an effect. Make the tracker once, outside of components.',
    }
  if (plan.events.size === 0)
    return {
      cause: 'empty-plan',
      title: `The plan “${plan.name}” has no events`,
      text: 'Declare some under `events` of `definePlan`: each attempt would be dropped as unknown.',
    }
  if (scene.pending && !scene.holds)
    return {
      cause: 'consent',
      title: 'Nothing counts before the user answers',
      text: "Consent is pending, and with `hold: 'none'` what happens meanwhile is dropped. Answer in the banner or under User, or let it wait: `hold: 'memory'`.",
    }
  if (reporters === 0)
    return {
      cause: 'nothing-instrumented',
      title: 'Nothing on this page reports',
      text: 'No component or hook of this library is rendered here. Use one, such as `<PricingLink>`, or call `track`: the attempt appears here.',
    }
  return {
    cause: 'ready',
    title: 'Nothing yet',
    text: `${reporters ? `${plural(reporters, 'element')} of this page can report. ` : ''}Each attempt to emit an event appears here, with what became of it.`,
  }
}
