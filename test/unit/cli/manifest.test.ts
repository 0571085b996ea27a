import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { objectOf } from '../../../src/cli/standard/fields.ts'
import { standardDescriptions, standardSchemas } from '../../../src/cli/standard/standard-events.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { standardEvents } from '../../../src/plan/standard-events.ts'
import { cliApp, planModule } from '../../support/cli-app.ts'
import { keptBodies } from '../../support/kept-bodies.ts'
import { eventsIn } from '../../support/read-batch.ts'
import { openTracker } from '../../support/tracking.ts'
import { planSchema } from '../../support/wire-schema.ts'

const events = `
  ...standardEvents.navigation,
  purchase: { ...standardEvents.commerce.purchase, goal: undefined },
  tier_chosen: event({
    wireName: 'tier_picked', description: 'Picks a tier', stage: 'intent', intent: 'high', kind: 'milestone', priority: 'high',
    goal: 'demo_booked', owner: 'growth', version: '2', status: 'deprecated', rollout: 0.9, sampleRate: 0.5, sampleBy: 'session',
    urgency: 'critical', pii: ['name'], counts: ({ tier }) => tier !== 'x', id: ({ tier }) => tier,
    frequency: [{ per: 'session', key: ({ tier }) => tier }, { max: 3, per: { window: '1min' }, key: 'fact' }],
    value: ({ tier }) => ({ value: tier.length, currency: 'EUR' }),
    destinations: { meta: false, ga4: { name: 'x', parameters: ({ tier }) => ({ tier }) } },
    properties: z.object({ tier: z.string(), note: z.string().optional() }),
  }),
  demo_booked: event({ macro: true, value: { value: 1, currency: 'EUR' } }),
  demo_missed: event({ after: { event: 'tier_chosen', without: 'demo_booked', within: '3d' } }),
  typed_only: event({ properties: typed<{ a: string }>() }),
  date_given: event({ properties: z.object({ on: z.date() }) }),
  trimmed_text: event({ properties: z.object({ text: z.string().transform((text) => text.trim()) }) }),`
const plan = planModule(events, `funnels: { demo: { steps: ['tier_chosen', 'demo_booked'], within: '7d' } },`)

test('the manifest says all of a plan but its code', async () => {
  const { out, err } = await cliApp({ 'src/plan.ts': plan }).run('manifest')
  expect(err).toBe('')
  await expect(out).toMatchFileSnapshot('__snapshots__/plan.json.txt')
  expect(planSchema()(JSON.parse(out))).toEqual([])
})

test('twice the manifest is equal byte by byte, also as a file', async () => {
  const app = cliApp({ 'src/plan.ts': plan })
  const first = await app.run('manifest')
  expect(await app.run('manifest')).toEqual(first)
  await app.run('manifest', '-o', 'out/plan.json')
  expect(app.read('out/plan.json')).toBe(first.out)
  expect(await app.run('manifest', '-o', 'out/plan.json', '--check')).toEqual({ code: 0, out: '', err: '' })
  app.write('src/plan.ts', plan.replace('Picks a tier', 'Chooses a tier'))
  expect(await app.run('manifest', '-o', 'out/plan.json', '--check')).toEqual({
    code: 1,
    out: 'out/plan.json is not what the plan says: run the same command without --check.\n',
    err: '',
  })
})

test('valibot is described by its own package, where that is installed', async () => {
  const valibot = `import { definePlan, event } from 'react-microconversions/core'
    import * as v from 'valibot'
    export const plan = definePlan({ name: 'acme', version: '1', events: {
      tier_chosen: event({ properties: v.object({ tier: v.string() }) }) } })`
  const properties = async (files: Record<string, string>) => {
    const { out } = await cliApp({ 'src/plan.ts': valibot, ...files }).run('manifest')
    return JSON.parse(out).events.tier_chosen.properties
  }
  expect(await properties({})).toEqual({
    'x-unknown': 'install @valibot/to-json-schema to have it described',
  })
  const stub = `exports.toStandardJsonSchema = (schema) => ({ '~standard': { jsonSchema: { output: () => ({ type: schema.type }) } } })`
  const folder = 'node_modules/@valibot/to-json-schema'
  expect(
    await properties({ [`${folder}/package.json`]: '{ "main": "index.js" }', [`${folder}/index.js`]: stub }),
  ).toEqual({ type: 'object' })
})

test('the schema holds what http() sends, and refuses what the plan does not say', async () => {
  const { out } = await cliApp({ 'src/plan.ts': plan }).run('schema')
  const validate = new Ajv2020({ allErrors: true, formats: {} }).compile(JSON.parse(out))
  const { bodies, destination } = keptBodies(204)
  const own = definePlan({
    name: 'acme',
    version: '3',
    events: {
      ...standardEvents.navigation,
      purchase: standardEvents.commerce.purchase,
      tier_chosen: event({
        wireName: 'tier_picked',
        properties: z.object({ tier: z.string(), note: z.string().optional() }),
      }),
      demo_booked: event({ macro: true }),
      trimmed_text: event({ properties: z.object({ text: z.string().transform((text) => text.trim()) }) }),
    },
  })
  const { tracker } = openTracker(own, { destinations: [destination], consent: 'granted' })
  tracker.page({ path: '/pricing', title: 'Pricing' })
  tracker.track('tier_chosen', { tier: 'pro' })
  tracker.track('purchase', {
    value: 2,
    currency: 'EUR',
    transaction_id: '7',
    items: [{ item_id: 'a', price: 2 }],
  })
  tracker.track('demo_booked')
  tracker.track('trimmed_text', { text: ' a ' })
  await tracker.flush()
  const sent = bodies.flatMap((body) => eventsIn(JSON.parse(body)))
  expect(sent.map(({ name }) => name).sort()).toEqual([
    'demo_booked',
    'page_view',
    'purchase',
    'tier_picked',
    'trimmed_text',
  ])
  for (const each of sent) expect(validate(each) || validate.errors, each.name).toBe(true)
  for (const properties of [{}, { tier: 1 }, { tier: 'pro', more: 1 }])
    expect(validate({ name: 'tier_picked', properties })).toBe(false)
  expect(validate({ name: 'tier_chosen', properties: { tier: 'pro' } })).toBe(false)
  expect(validate({ name: 'demo_booked', properties: { more: 1 } })).toBe(false)
})

test('the schema of one event is a document of its own', async () => {
  const app = cliApp({ 'src/plan.ts': plan })
  const one = async (name: string) => JSON.parse((await app.run('schema', name)).out)
  expect(await one('tier_chosen')).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'tier_chosen',
    description: 'Picks a tier',
    required: ['tier'],
  })
  expect(await one('trimmed_text')).toMatchObject({ $comment: 'describes the input' })
  expect((await one('date_given')).$comment).toContain('Date cannot be represented')
})

test('references within a schema stay true among other events', async () => {
  const recursive = `
    import { definePlan, event } from 'react-microconversions/core'
    import * as z from 'zod'
    const Node = z.object({ name: z.string(), get children() { return z.array(Node) } })
    const events = { tree_opened: event({ properties: z.object({ children: z.array(Node) }) }) }
    export const plan = definePlan({ name: 'acme', version: '1', events })`
  const { out, err } = await cliApp({ 'src/plan.ts': recursive }).run('schema')
  expect(err).toBe('')
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(out))
  const leaf = { name: 'a', children: [] }
  const opened = (children: unknown) => validate({ name: 'tree_opened', properties: { children } })
  expect(opened([{ ...leaf, children: [leaf] }])).toBe(true)
  expect(opened([{ ...leaf, children: [{ children: [] }] }])).toBe(false)
})

test('each standard event has a description and a schema that its own check agrees with', () => {
  const groups = Object.values(standardEvents).flatMap((group) => Object.entries<object>(group))
  expect(Object.keys(standardSchemas)).toEqual(Object.keys(standardDescriptions))
  expect(Object.keys(standardSchemas).sort()).toEqual(groups.map(([name]) => name).sort())
  const ajv = new Ajv2020({ allErrors: true })
  for (const [name, schema] of Object.entries(standardSchemas))
    expect(() => ajv.compile(schema), name).not.toThrow()
  expect(objectOf({})).toEqual({ type: 'object', properties: {} })
})
