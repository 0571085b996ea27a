import type { PlannedEvent } from '../../plan/define-plan.ts'
import {
  type EventDescription,
  type Manifest,
  type ManifestOptions,
  manifestOf,
} from '../../plan/manifest.ts'
import type { LoadedPlan } from '../project/load-plan.ts'
import { standardDescriptions } from '../standard/standard-events.ts'
import { schemaOfEvent } from './schema-of.ts'

/** Returns the manifest of a plan, with the descriptions and schemas that standard events and libraries add. */
export async function describePlan(loaded: LoadedPlan, word?: ManifestOptions['word']): Promise<Manifest> {
  const described = new Map<PlannedEvent, EventDescription>()
  for (const event of loaded.plan.events.values()) described.set(event, await describeEvent(loaded, event))
  return manifestOf(loaded.plan, {
    describe: (event) => described.get(event) as EventDescription,
    ...(word && { word }),
  })
}

async function describeEvent(loaded: LoadedPlan, event: PlannedEvent): Promise<EventDescription> {
  const standard = loaded.standardName(event)
  const description = event.description ?? (standard && standardDescriptions[standard])
  return {
    ...(description && { description }),
    ...(standard && { standard }),
    properties: await schemaOfEvent(loaded, event),
  }
}
