import type { Properties, TrackedEvent } from '../engine/types.ts'
import type { ParameterOverride } from '../plan/event-destinations.ts'

/** An override as a mapper reads it: without the type of the properties. */
export type AnyParameters = ParameterOverride<Properties>

/**
 * One flat object for those who take no structure, most important first: what the plan's override gives (in place of
 * the properties), `own`, `value` and `currency`, the properties, `stage`, `intent`, `goal`, `sample_rate` below 1,
 * `suspected_bot` if true, `invalid_properties` (their paths, with commas) if there are any, the scope. The first to name a thing has its say.
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

/** What the plan and the draw say of an event. */
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
