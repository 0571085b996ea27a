import type { LiveTracker } from '../../engine/live-trackers.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { plural } from '../parts/time-words.ts'

/** What may keep a tracker from ever being asked. */
export interface QuietScene {
  /** There is no Provider around the overlay, and it was given no tracker. */
  readonly alone: boolean
  /** `foreign`: it tracks nothing that this copy of the library can look into. */
  readonly tracker: 'live' | 'disposed' | 'foreign'
  readonly plan: AnyPlan
  readonly live: readonly LiveTracker[]
  /** The copy of the library that the overlay belongs to. */
  readonly own: LiveTracker['copy']
  readonly holds: boolean
  /** No destination has an answer, and none is denied: nobody was asked yet. */
  readonly pending: boolean
  /** Elements that can report. */
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

/** Why nothing was ever attempted: the first of these that is so. */
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
      text: 'The overlay stands outside of `<MicroconversionProvider>`. Move it inside, or give it the tracker: `<MicroconversionDevtools tracker={tracker} />`.',
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
      title: 'Nothing counts before the visitor answers',
      text: "Consent is pending, and with `hold: 'none'` what happens meanwhile is dropped. Answer in the banner or under Visitor, or let it wait: `hold: 'memory'`.",
    }
  if (reporters === 0)
    return {
      cause: 'nothing-instrumented',
      title: 'Nothing on this page reports',
      text: 'No component or hook of ours is rendered here. Use one, such as `<PricingLink>`, or call `track`: the attempt appears here.',
    }
  return {
    cause: 'ready',
    title: 'Nothing yet',
    text: `${reporters ? `${plural(reporters, 'element')} of this page can report. ` : ''}Each attempt to emit an event appears here, with what became of it.`,
  }
}
