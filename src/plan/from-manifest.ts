import { declaredSchema } from './declared.ts'
import type { AnyPlan, PlannedEvent } from './define-plan.ts'
import type { FrequencyRule } from './frequency.ts'
import type { Manifest, ManifestEvent } from './manifest.ts'

/**
 * Returns a plan with everything that a manifest says, to be looked at: without code, and with schemas that know names but no
 * types of properties.
 */
export function planFromManifest({ plan, version, events, funnels }: Manifest): AnyPlan {
  return {
    name: plan,
    version,
    events: new Map(Object.entries(events).map(([name, event]) => [name, plannedFrom(event)])),
    funnels: funnels as AnyPlan['funnels'],
  }
}

function plannedFrom({ properties, frequency = [], ...event }: ManifestEvent): PlannedEvent {
  const { properties: named, required } = properties as {
    readonly properties?: object
    readonly required?: readonly string[]
  }
  const declared = Object.keys(named ?? {}).map((name) => ({ name, optional: !required?.includes(name) }))
  return {
    ...(event as object),
    ...(named && { properties: declaredSchema(declared) }),
    rules: frequency.map((rule) => ({ max: Number.POSITIVE_INFINITY, ...rule }) as FrequencyRule),
  }
}
