import type { AnyPlan, Plan } from '../plan/define-plan.ts'
import { msOr, needsDurations } from '../support/duration.ts'
import { DEFAULT_CATEGORY } from './delivery/deliveries.ts'
import { pluginNamed } from './plugins.ts'
import type { TrackerOptions } from './tracker-options.ts'

const MINUTE_MS = 60_000

/** Returns the options of a tracker with their defaults. */
export function settingsOf(options: TrackerOptions<AnyPlan>) {
  const { session = {}, destinations = [], texts = true, hold = 'memory', traits = [] } = options
  if (process.env.NODE_ENV !== 'production')
    needsDurations('`session` of createTracker', { idle: session.idle, max: session.max })
  return {
    ...options,
    plan: options.plan as Plan,
    destinations,
    texts,
    hold,
    traits,
    journey: pluginNamed('journey', options.plugins),
    storageNeed: options.storage?.consent ?? DEFAULT_CATEGORY,
    personalData: options.personalData ?? (process.env.NODE_ENV === 'production' ? 'redact' : 'block'),
    urlParameters: options.urlParameters ?? [],
    /** Times after which a session ends: without activity, and in total. */
    idleMs: msOr(30 * MINUTE_MS, session.idle),
    maxMs: msOr(24 * 60 * MINUTE_MS, session.max),
  } as const
}

export type Settings = ReturnType<typeof settingsOf>
