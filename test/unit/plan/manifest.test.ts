import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { manifestOf } from '../../../src/plan/manifest.ts'
import { typed } from '../../../src/plan/standard-schema.ts'

const plan = definePlan({
  name: 'acme',
  version: '3',
  events: {
    tier_chosen: event({
      wireName: 'tier_picked',
      goal: 'demo_booked',
      rollout: 0.5,
      sampleBy: 'session',
      frequency: { per: 'session', key: ({ tier }) => tier },
      counts: () => true,
      properties: z.object({ tier: z.string(), seats: z.number().default(1) }),
      destinations: { ga4: false },
    }),
    text_read: event({ properties: z.object({ at: z.string().transform(Number) }) }),
    faq_opened: event({ properties: typed<{ question: string }>() }),
    demo_booked: event({ macro: true, owner: 'sales' }),
  },
  funnels: { demo: { steps: ['tier_chosen', 'demo_booked'], within: '7d' }, all: ['demo_booked'] },
})

describe('manifestOf()', () => {
  test('says a plan in JSON, without its code', () => {
    const manifest = manifestOf(plan)
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest)
    expect(manifest).toEqual({
      schema: 'react-microconversions/plan/1',
      plan: 'acme',
      version: '3',
      events: {
        tier_chosen: {
          wireName: 'tier_picked',
          goal: 'demo_booked',
          rollout: 0.5,
          sampleBy: 'session',
          frequency: [{ max: 1, per: 'session', key: 'function' }],
          counts: 'function',
          destinations: { ga4: false },
          properties: {
            type: 'object',
            properties: { tier: { type: 'string' }, seats: { type: 'number', default: 1 } },
            required: ['tier', 'seats'],
            additionalProperties: false,
          },
        },
        text_read: {
          properties: {
            'x-side': 'input',
            type: 'object',
            properties: { at: { type: 'string' } },
            required: ['at'],
          },
        },
        faq_opened: { properties: { 'x-unknown': expect.stringContaining('typed()') } },
        demo_booked: {
          macro: true,
          owner: 'sales',
          properties: { type: 'object', properties: {}, additionalProperties: false },
        },
      },
      funnels: {
        demo: { steps: ['tier_chosen', 'demo_booked'], within: '7d' },
        all: { steps: ['demo_booked'] },
      },
    })
  })

  test('takes descriptions and words for code from its caller', () => {
    const { events } = manifestOf(plan, {
      describe: (_, name) => ({ description: `about ${name}`, properties: {} }),
      word: (code) => String(code),
    })
    expect(events['tier_chosen']).toMatchObject({ description: 'about tier_chosen', counts: '() => true' })
  })
})
