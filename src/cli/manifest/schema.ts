import { type JsonSchema, SIDE, UNKNOWN } from '../../plan/json-schema.ts'
import type { Manifest, ManifestEvent } from '../../plan/manifest.ts'
import { didYouMean } from '../../support/nearest.ts'
import type { Command } from '../command.ts'
import { Failure } from '../failure.ts'
import { deliver, documentOptions, documentUsage } from '../output/write-file.ts'
import { onlyPlan, openPlans } from '../project/plans.ts'
import { describePlan } from './describe-plan.ts'

const DRAFT = 'https://json-schema.org/draft/2020-12/schema'

export const schema: Command = {
  summary: 'JSON Schema of the events, or of one',
  usage: [
    '[event]            its properties alone; default: name and properties of every event',
    ...documentUsage,
  ],
  options: documentOptions,
  formats: ['json'],
  takes: 1,
  async run(call) {
    const described = await describePlan(onlyPlan(await openPlans(call)))
    const [name] = call.positionals
    const document = name === undefined ? schemaOfEvents(described) : schemaOfEvent(described, name)
    return deliver(
      call,
      name === undefined ? 'schema' : `schema ${name}`,
      `${JSON.stringify(document, null, 2)}\n`,
    )
  },
}

/** Returns the JSON Schema for `name` and `properties` of an event that `http()` sends; other fields may be anything. */
export function schemaOfEvents({ plan, version, events }: Manifest): JsonSchema {
  const names = Object.keys(events)
  const wireName = (name: string) => events[name]?.wireName ?? name
  return {
    $schema: DRAFT,
    $id: idOf(plan, version),
    title: `Events of the plan ${plan}, version ${version}`,
    type: 'object',
    required: ['name', 'properties'],
    properties: { name: { enum: names.map(wireName) } },
    allOf: names.map((name) => ({
      if: { properties: { name: { const: wireName(name) } }, required: ['name'] },
      // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema
      then: { properties: { properties: { $ref: idOf(plan, version, name) } } },
    })),
    $defs: Object.fromEntries(
      Object.entries(events).map(([name, event]) => [
        name,
        { $id: idOf(plan, version, name), ...described(event) },
      ]),
    ),
  }
}

/** Returns the `$id` of a schema. Each event has its own, so that references within its schema still resolve. */
function idOf(...parts: readonly string[]): string {
  return `urn:react-microconversions:plan:${parts.map(encodeURIComponent).join(':')}`
}

function schemaOfEvent({ events }: Manifest, name: string): JsonSchema {
  const event = Object.hasOwn(events, name) ? events[name] : undefined
  if (!event) throw new Failure(`"${name}" is no event of the plan.${didYouMean(name, Object.keys(events))}`)
  return { $schema: DRAFT, title: name, ...described(event) }
}

/** Moves our notes into `$comment`, because strict validators reject keywords that are not in the standard. */
function described({ description, properties }: ManifestEvent): JsonSchema {
  const { [UNKNOWN]: unknown, [SIDE]: side, ...schema } = properties
  const comment = unknown ?? (side && `describes the ${side}`)
  return {
    ...(description && { description }),
    ...(comment !== undefined && { $comment: comment }),
    ...schema,
  }
}
