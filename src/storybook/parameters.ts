import type { AnyPlan } from '../plan/define-plan.ts'
import type { ManualPlatformOptions } from '../testing/manual-platform.ts'
import type { TestTrackerOptions } from '../testing/test-tracker.ts'
import type { ExpectedEvent, TestMode } from './expected.ts'

/** Options of a story's tracker: those of `createTestTracker`, without its platform. */
export type StoryTrackerOptions<P extends AnyPlan = AnyPlan> = Omit<
  TestTrackerOptions<P>,
  'platform' | 'strict'
>

/** `parameters.microconversions` of a story, a component or the preview. `P` types the names and properties in `expect`. */
export interface MicroconversionsParameters<P extends AnyPlan = AnyPlan> {
  /** Events that the story must cause, judged after `play`. Default: none. */
  readonly expect?: ExpectedEvent<P> | readonly ExpectedEvent<P>[] | undefined
  /**
   * How a failed expectation counts: `error` fails the story, also in Vitest; `todo` is a warning; `off` judges nothing. Default
   * `error`.
   */
  readonly test?: TestMode | undefined
  /**
   * Returns the plan of the story's tracker. A function: parameters are sent to Storybook's manager as text, and a plan cannot
   * be. Default: the plan of the addon.
   */
  readonly plan?: (() => AnyPlan) | undefined
  /** Returns the options of the story's tracker. Default: none; consent is granted. */
  readonly tracker?: (() => StoryTrackerOptions) | undefined
  /** The browser that the story's tracker sees: path, referrer, storage. Default: a new one without storage. */
  readonly browser?: ManualPlatformOptions | undefined
  /** False: the story creates its own tracker and Provider. Default true, if there is a plan. */
  readonly provide?: boolean | undefined
  /** Keeps links and forms of the story from leaving it. Default true. */
  readonly stayHere?: boolean | undefined
  /** Turns the addon off for the story. Default false. */
  readonly disable?: boolean | undefined
}

/** Types that the addon adds to a preview made with factories. */
export interface MicroconversionsTypes<P extends AnyPlan = AnyPlan> {
  readonly parameters: { readonly microconversions?: MicroconversionsParameters<P> | undefined }
  readonly globals: StoryGlobals
}

/** Globals that the toolbar sets. In the URL: `globals=microconversionsConsent:pending`. */
export interface StoryGlobals {
  /** Consent of the story's tracker. Default: what the story's `tracker` options say. */
  readonly microconversionsConsent?: 'granted' | 'pending' | 'denied' | 'analytics' | undefined
  /** Global Privacy Control of the story's browser. Default: what its `browser` options say. */
  readonly microconversionsGpc?: 'on' | undefined
  /** `fails`: the tracker has one more destination, which always fails. Default: none. */
  readonly microconversionsDestination?: 'fails' | undefined
  /** Time by which the story's clock is ahead of the real one. Default: none. */
  readonly microconversionsClock?: '1min' | '31min' | '1d' | '8d' | undefined
}

/**
 * Types the parameters of a story by a plan: for stories in CSF 3, and for stories whose plan is not that of the addon.
 *
 * @example
 * export const Pricing: Story = { parameters: trackingParameters(plan, { expect: 'pricing_clicked' }) }
 */
export function trackingParameters<P extends AnyPlan>(
  plan: P,
  parameters: Omit<MicroconversionsParameters<P>, 'plan'> = {},
): { readonly microconversions: MicroconversionsParameters<never> } {
  return { microconversions: { ...parameters, plan: () => plan } as MicroconversionsParameters<never> }
}
