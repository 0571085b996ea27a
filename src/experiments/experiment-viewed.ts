import { emitterOf } from '../engine/pipeline/emitter.ts'
import { partsOf } from '../engine/record/tracker-parts.ts'
import type { AnyTracker } from '../engine/tracker-api.ts'
import { addToContext } from '../engine/who/add-context.ts'
import type { ExperimentFacts } from '../plan/facts.ts'
import { createWarn } from '../support/errors.ts'
import { inMicrotask } from '../support/in-microtask.ts'

/** An experiment, and the variant of it that the user sees. Names of your own, never data about the user. */
export interface ExperimentView {
  /** Name of the experiment: 1-100 characters. */
  readonly experiment: string
  /** Name of the variant: 1-100 characters. */
  readonly variant: string
}

/** Options of `experimentViewed`, `openFeatureHook` and `growthBookCallback`. */
export interface ExperimentOptions {
  /** Event to report. Default `'experiment_viewed'`, if the plan has it. */
  readonly event?: string | undefined
}

/** Maximum number of experiments in the context of an event. */
const MAX_EXPERIMENTS = 20
const MAX_LENGTH = 100

interface Views {
  /** Variants by experiment, the latest last. */
  readonly variants: Map<string, string>
  /** Experiments whose present variant was reported. */
  readonly reported: Set<string>
  /** The variants as the context of an event has them. Replaced, never changed. */
  context: Readonly<Record<string, string>> | undefined
}

const viewsOf = new WeakMap<AnyTracker, Views>()
const warn = /* @__PURE__ */ createWarn()

/**
 * Reports that the user saw a variant, and adds the variant to the context of all later events of this document, as
 * `context.experiments`. Call it where the variant is shown, as often as you like: the standard event
 * `experiment_viewed` counts once for each user and experiment. The context holds the latest 20 experiments, until
 * `tracker.reset()`. Assigns nothing. Never throws; a name that is no text of 1-100 characters is ignored (RMC720).
 *
 * @example
 * experimentViewed(tracker, { experiment: 'pricing-layout', variant: 'table' })
 */
export function experimentViewed(
  tracker: AnyTracker,
  { experiment, variant }: ExperimentView,
  { event = 'experiment_viewed' }: ExperimentOptions = {},
): void {
  if (!(isName(experiment) && isName(variant))) {
    if (process.env.NODE_ENV !== 'production')
      warn(
        'RMC720',
        `An experiment or its variant has no usable name: ${String(experiment)}, ${String(variant)}. It is in no event. Give two texts of 1-100 characters.`,
      )
    return
  }
  const views = viewsOf.get(tracker) ?? createViews(tracker)
  if (views.variants.get(experiment) === variant && views.reported.has(experiment)) return
  views.reported.add(experiment)
  const properties: ExperimentFacts['viewed'] = { experiment_id: experiment, variant_id: variant }
  const findings = partsOf(tracker)?.known.guard.check(properties, 'experiments').findings
  if (!findings?.length) see(views, experiment, variant)
  // SDKs evaluate flags during a render, in which an event would update other components.
  inMicrotask(() => {
    if (tracker.plan.events.has(event))
      emitterOf(tracker)(
        event,
        { ...properties },
        { component: 'Experiment', fact: 'viewed', factKey: experiment },
      )
  })
}

const isName = (name: unknown) => typeof name === 'string' && name !== '' && name.length <= MAX_LENGTH

function see(views: Views, experiment: string, variant: string): void {
  const { variants } = views
  variants.delete(experiment)
  variants.set(experiment, variant)
  const [oldest] = variants.keys()
  if (variants.size > MAX_EXPERIMENTS && oldest !== undefined) {
    variants.delete(oldest)
    if (process.env.NODE_ENV !== 'production')
      warn(
        'RMC721',
        `The user has seen more than ${MAX_EXPERIMENTS} experiments in this document: later events no longer have the variant of "${oldest}". Report only experiments whose result you evaluate.`,
      )
  }
  views.context = Object.fromEntries(variants)
}

function createViews(tracker: AnyTracker): Views {
  const views: Views = { variants: new Map(), reported: new Set(), context: undefined }
  viewsOf.set(tracker, views)
  addToContext(tracker, 'experiments', () => views.context)
  tracker.onReset(() => {
    views.variants.clear()
    views.reported.clear()
    views.context = undefined
  })
  // What consent had forbidden may be reported by the next evaluation.
  tracker.consent.subscribe(() => views.reported.clear())
  return views
}
