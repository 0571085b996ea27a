import type { Properties } from '../engine/pipeline/occurrence.ts'
import type { TrackedEvent } from '../engine/pipeline/tracked-event.ts'
import type { ParameterOverride } from '../plan/event-destinations.ts'

/** Override as a mapper reads it, without the type of the properties. */
export type AnyParameters = ParameterOverride<Properties>

/**
 * Returns one flat object for destinations without nested data. The first source of a name wins, in this order: the
 * parameters of the plan's override (which replace the properties), `own`, `value` and `currency`, the properties,
 * `stage`, `intent`, `goal`, `sample_rate` below 1, `suspected_bot` if true, `invalid_properties` (comma-separated
 * paths) if there are any, and the scope.
 */
export function parametersOf(event: TrackedEvent, override?: AnyParameters, own?: Properties): Properties {
  const given = override?.parameters?.(event.properties)
  const parameters = new Map<string, unknown>()
  const layers = [
    given,
    own,
    event.value,
    given ? undefined : event.properties,
    planned(event),
    event.issues?.length ? { invalid_properties: event.issues.join() || 'all' } : undefined,
    event.context.scope,
  ]
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer ?? {}))
      if (value !== undefined && !parameters.has(name)) parameters.set(name, value)
  }
  return Object.fromEntries(parameters)
}

/** Returns the parameters of an event that come from the plan, the sampling and the bot detection. */
export function planned({ stage, intent, goal, sampleRate, context }: TrackedEvent): Properties {
  return {
    stage,
    intent,
    goal,
    sample_rate: sampleRate < 1 ? sampleRate : undefined,
    suspected_bot: context.bot || undefined,
  }
}

export const isPlain = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
