import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

type Json = { readonly [key: string]: unknown }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** What is wrong with a batch, by the published schema; fields that it does not describe are wrong too. */
export const wireSchema = () => publishedSchema('schema/batch-2.schema.json')

/** The same for a session file. */
export const sessionSchema = () => publishedSchema('schema/session-1.schema.json')

/** The same for a plan as `microconversions manifest` writes it. */
export const planSchema = () => publishedSchema('schema/plan-1.schema.json')

function publishedSchema(path: string): (value: unknown) => readonly string[] {
  const published: Json = JSON.parse(readFileSync(path, 'utf8'))
  const ajv = new Ajv2020({ allErrors: true, formats: { uuid } })
  const validate: ValidateFunction = ajv.compile(closed(published) as Json)
  return (value) =>
    validate(value)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message, params }) =>
            `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
        )
}

/** Consumers ignore what they do not know; we must not send it unsaid. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return 'properties' in inner && inner['type'] === 'object'
    ? { additionalProperties: false, ...inner }
    : inner
}
