import type { PlannedEvent } from '../../plan/define-plan.ts'
import { converted, converterIn, type JsonSchema, schemaOf, UNKNOWN } from '../../plan/json-schema.ts'
import type { LoadedPlan } from '../project/load-plan.ts'
import { standardSchemas } from '../standard/standard-events.ts'

/** Returns the JSON Schema of an event's properties; those of standard events and of Valibot need more than the plan. */
export async function schemaOfEvent(loaded: LoadedPlan, event: PlannedEvent): Promise<JsonSchema> {
  const { properties } = event
  const standard = loaded.standardName(event)
  const known = standard === undefined ? undefined : standardSchemas[standard]
  if (properties && known) return known
  if (properties?.['~standard'].vendor !== 'valibot' || converterIn(properties)) return schemaOf(properties)
  const library = await loaded.importOptional('@valibot/to-json-schema')
  const { toStandardJsonSchema } = (library ?? {}) as {
    readonly toStandardJsonSchema?: (schema: object) => object
  }
  const converter = toStandardJsonSchema && converterIn(toStandardJsonSchema(properties))
  return converter
    ? converted(converter)
    : { [UNKNOWN]: 'install @valibot/to-json-schema to have it described' }
}
