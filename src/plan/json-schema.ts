import { messageOf } from '../support/message-of.ts'
import type { StandardSchema } from './standard-schema.ts'

/** JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** Annotation, ignored by validators, with the reason why the properties of an event have no schema. */
export const UNKNOWN = 'x-unknown'

/** Annotation that is `input` if a schema describes what callers pass, because its output has no JSON Schema. */
export const SIDE = 'x-side'

type Convert = (options: { readonly target: string }) => JsonSchema

/** Standard JSON Schema (https://standardschema.dev/json-schema), which zod from 4.2 and ArkType implement. */
export interface JsonSchemaConverter {
  readonly input: Convert
  readonly output: Convert
}

/** The JSON Schema of an event without properties. */
const nothing: JsonSchema = { type: 'object', properties: {}, additionalProperties: false }

/** Returns the JSON Schema of an event's properties as destinations receive them. */
export function schemaOf(properties: object | undefined): JsonSchema {
  if (!properties) return nothing
  const { vendor } = (properties as StandardSchema)['~standard']
  if (vendor === 'react-microconversions')
    return { [UNKNOWN]: 'typed() describes the properties to the compiler alone' }
  const converter = converterIn(properties)
  return converter
    ? converted(converter)
    : { [UNKNOWN]: `${vendor} does not describe its schemas as JSON Schema` }
}

/** Returns the schema's converter; undefined if the schema does not describe itself as JSON Schema. */
export function converterIn(schema: object): JsonSchemaConverter | undefined {
  const { jsonSchema } = (schema as StandardSchema)['~standard'] as {
    readonly jsonSchema?: JsonSchemaConverter
  }
  return jsonSchema
}

/** Describes the output of a schema; for a transformation, which has no JSON Schema, describes the input and marks it. */
export function converted(converter: JsonSchemaConverter): JsonSchema {
  try {
    return sideOf(converter, 'output')
  } catch (error) {
    try {
      return { ...sideOf(converter, 'input'), [SIDE]: 'input' }
    } catch {
      return { [UNKNOWN]: messageOf(error) }
    }
  }
}

/** Describes one side of a schema. Throws if the schema's library cannot describe it. */
export function sideOf(converter: JsonSchemaConverter, side: 'input' | 'output'): JsonSchema {
  const { $schema, ...schema } = converter[side]({ target: 'draft-2020-12' })
  return schema
}
