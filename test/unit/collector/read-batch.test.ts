import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBatch } from '../../../src/collector/wire/read-batch.ts'
import { fullBatch, fullBatchOfVersion1 } from '../../support/wire-batches.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const YEAR_10000 = 253_402_300_800_000

type Json = Record<string, any>

/** Whether the published schema takes a part of a batch. */
function taking(path: string) {
  const ajv = new Ajv2020({ formats: { uuid } })
  const schema: Json = JSON.parse(readFileSync(path, 'utf8'))
  ajv.addSchema(schema)
  return (part: string, value: unknown) => ajv.getSchema(`${schema['$id']}#/$defs/${part}`)?.(value)
}

const byVersion = { 1: taking('schema/batch-1.schema.json'), 2: taking('schema/batch-2.schema.json') }

/** Paths to each field of a value. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, each]) => placesIn(each, [...path, key]))]
}

/** Without the field, if there is no value. */
function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to
  const copy: Json = Array.isArray(value) ? Object.assign([], value) : { ...Object(value) }
  if (rest.length === 0 && to === undefined && !Array.isArray(value)) delete copy[key]
  else copy[key] = rest.length === 0 ? (to ?? null) : changed(copy[key], rest, to)
  return copy
}

const oddities = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    false,
    0,
    -1,
    1.5,
    2,
    101,
    '',
    'x',
    'a\nb',
    'x'.repeat(101),
  ),
  fc.constantFrom<unknown>('granted', 'high', 'delivered', 'mobile', 'unknown', {}, [], [''], [7], { a: 1 }),
  fc.jsonValue(),
)

/** Times after the year 9999, which the schema permits and no day of a store can say. */
const isBeyondTime = (event: Json) => [event['time'], event['dueAt']].some((time) => time >= YEAR_10000)

describe.each([
  [1 as const, fullBatchOfVersion1(1_700_000_000_000)],
  [2 as const, fullBatch(1_700_000_000_000)],
])('an event of version %d', (version, batch: Json) => {
  const places = placesIn(batch).filter(([first]) => ['events', 'contexts', 'pages'].includes(first ?? ''))
  const takes = byVersion[version]

  function isTaken({ events, contexts, pages }: Json): boolean {
    const [event] = events
    if (!takes('event', event) || isBeyondTime(event)) return false
    if (version === 1) return true
    const context = Array.isArray(contexts) ? contexts[event.context ?? 0] : undefined
    const page = Array.isArray(pages) ? pages[event.page ?? 0] : undefined
    return takes('context', context) === true && takes('page', page) === true
  }

  test('is read if, and only if, the published schema takes it', () => {
    let taken = 0
    fc.assert(
      fc.property(fc.constantFrom(...places), oddities, (place, value) => {
        const odd = changed(batch, place, value) as Json
        const reading = readBatch(JSON.stringify(odd))
        const given: Json = JSON.parse(JSON.stringify(odd))
        const expected = Array.isArray(given['events']) && given['events'].length > 0 && isTaken(given)
        if (expected) taken++
        const found = 'event' in (reading?.readings[0] ?? {})
        expect(found, `${place.join('.')} = ${JSON.stringify(value)}`).toBe(expected)
        expect(reading !== undefined).toBe(Array.isArray(given['events']))
      }),
      { numRuns: 2_500 },
    )
    expect(taken).toBeGreaterThan(200)
  })

  test('is refused at each field that it cannot do without', () => {
    for (const place of places.filter((path) => path.length > 2)) {
      const odd = JSON.parse(JSON.stringify(changed(batch, place, undefined)))
      const [reading] = readBatch(JSON.stringify(odd))?.readings ?? []
      expect('event' in (reading ?? {}), place.join('.')).toBe(isTaken(odd))
    }
  })

  test('may have fields of a later edition', () => {
    const [event] = batch['events']
    const odd = { ...batch, later: 1, events: [{ ...event, later: { a: 1 } }] }
    expect(readBatch(JSON.stringify(odd))?.readings[0]).toHaveProperty('event')
  })
})

test('a refusal names the place in the event, also of what events share', () => {
  const batch: Json = fullBatch(1_000)
  const wrongAt = (place: string, value: unknown) =>
    readBatch(JSON.stringify(changed(batch, place.split('.'), value)))?.readings[0]
  expect(wrongAt('events.0.value.currency', 7)).toEqual({ wrong: 'value.currency' })
  expect(wrongAt('events.0.causes.1', '')).toEqual({ wrong: 'causes.1' })
  expect(wrongAt('contexts.0.device.class', 'watch')).toEqual({ wrong: 'context.device.class' })
  expect(wrongAt('pages.0.number', 0)).toEqual({ wrong: 'page.number' })
  expect(wrongAt('events.0.page', 1)).toEqual({ wrong: 'page' })
  expect(wrongAt('events.0', 'click')).toEqual({ wrong: '' })
})
