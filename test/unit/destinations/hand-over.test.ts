import { describe, expect, test } from 'vitest'
import { ga4 } from '../../../src/destinations/ga4.ts'
import { gtm } from '../../../src/destinations/gtm.ts'
import { handOver } from '../../../src/destinations/hand-over.ts'
import { meta } from '../../../src/destinations/meta.ts'
import { posthog } from '../../../src/destinations/posthog.ts'
import { segment } from '../../../src/destinations/segment.ts'
import { snowplow } from '../../../src/destinations/snowplow.ts'

const why = { reason: 'batch' } as const

test('what a client has taken is not handed over again, when all are tried again for one that failed', () => {
  const taken: string[] = []
  let broken = true
  const send = handOver<string[], { name: string }>(
    'A client',
    () => taken,
    (client, { name }) => {
      if (name === 'b' && broken) throw new Error('b is not welcome')
      client.push(name)
    },
  )
  const payloads = ['a', 'b', 'c'].map((name) => ({ name }))
  expect(() => send(payloads, why)).toThrow('b is not welcome')
  expect(taken).toEqual(['a', 'c'])
  broken = false
  send(payloads, why)
  expect(taken).toEqual(['a', 'c', 'b'])
})

describe.each([ga4, gtm, meta, posthog, segment, snowplow])('$name', (create) => {
  test('asks for no client before there is something to send, and answers as a client that does not tell', () => {
    const before = Reflect.ownKeys(globalThis)
    const destination = create({
      client: () => {
        throw new Error('asked for')
      },
    } as never)
    expect(destination).toMatchObject({ name: create.name, acknowledges: false })
    expect(create({ name: 'other', consent: 'own' })).toMatchObject({ name: 'other', consent: 'own' })
    expect(Reflect.ownKeys(globalThis)).toEqual(before)
  })
})
