import * as v from 'valibot'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { sampleProperties } from '../../../src/devtools/why/sample-properties.ts'
import type { EventSettings } from '../../../src/plan/event.ts'
import { standardEvents } from '../../../src/plan/standard-events.ts'
import { type StandardSchema, typed } from '../../../src/plan/standard-schema.ts'

type AnySchema = StandardSchema<object, object>

const zod = z.object({
  tier: z.enum(['starter', 'pro']),
  seats: z.number().int().min(2).max(9),
  note: z.string().min(5).max(20),
  trial: z.boolean(),
  link: z.url(),
  at: z.iso.datetime(),
  id: z.uuid(),
  items: z.array(z.object({ sku: z.string(), price: z.number().positive() })).min(1),
  tags: z.array(z.string()).min(3),
  kind: z.union([z.literal('gift'), z.literal(7)]),
  nothing: z.null(),
  maybe: z.string().optional(),
})
const valibot = v.object({
  tier: v.picklist(['starter', 'pro']),
  seats: v.pipe(v.number(), v.minValue(2)),
  link: v.pipe(v.string(), v.url()),
  note: v.pipe(v.string(), v.minLength(5)),
  nested: v.object({ deep: v.object({ flag: v.literal(true) }) }),
})

it.each<[string, AnySchema]>([
  ['zod', zod as unknown as AnySchema],
  ['valibot', valibot as unknown as AnySchema],
  ...Object.entries(standardEvents.commerce).map(
    ([name, definition]) =>
      [name, (definition as unknown as EventSettings).properties as AnySchema] as [string, AnySchema],
  ),
])('%s takes what was found for it', (_, schema) => {
  const found = sampleProperties(schema)
  expect((schema['~standard'].validate(found) as { issues?: unknown }).issues).toBeUndefined()
  // Somebody edits it as text.
  expect(JSON.parse(JSON.stringify(found))).toEqual(found)
})

it('leaves alone what needs nothing, and gives its best where nothing it knows will do', () => {
  expect(sampleProperties(undefined)).toEqual({})
  expect(sampleProperties(typed<{ tier: string }>() as AnySchema)).toEqual({})
  const impossible = z.object({ tier: z.enum(['pro']), code: z.string().regex(/^K-\d{9}$/) })
  expect(sampleProperties(impossible as unknown as AnySchema)).toEqual({ tier: 'pro' })
  const throwing: AnySchema = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate() {
        throw new Error('on purpose')
      },
    },
  }
  expect(sampleProperties(throwing)).toEqual({})
})
