import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { ga4, toGa4 } from '../../../src/destinations/ga4.ts'
import { PermanentError } from '../../../src/support/permanent-error.ts'
import { ID, items, planned, purchase, trackedEvent } from './tracked-event.ts'

describe('an event for GA4', () => {
  test('has its properties and its id', () => {
    expect(toGa4(trackedEvent())).toEqual({
      payload: { name: 'tier_chosen', parameters: { event_id: ID, tier: 'pro' } },
      notes: [],
    })
  })

  test('has what the plan, the draw and the scope say; value is money', () => {
    expect(toGa4(planned)).toEqual({
      payload: {
        name: 'tier_chosen',
        parameters: {
          event_id: ID,
          value: 5,
          currency: 'EUR',
          tier: 'pro',
          stage: 'intent',
          intent: 'high',
          goal: 'demo_booked',
          sample_rate: 0.5,
          suspected_bot: true,
          section: 'hero',
        },
      },
      notes: [],
    })
  })

  test('has items and transaction as they are', () => {
    expect(toGa4(purchase).payload.parameters).toEqual({
      event_id: ID,
      value: 49.99,
      currency: 'EUR',
      transaction_id: 'T-1',
      tax: 4.2,
      gift: true,
      items,
    })
    const transaction_id = 'T'.repeat(300)
    expect(toGa4(trackedEvent({ properties: { transaction_id } })).payload.parameters['transaction_id']).toBe(
      transaction_id,
    )
  })

  test('has what the plan says of it for GA4', () => {
    const override = { name: 'select_content', parameters: () => ({ content_id: 'pro', value: 1 }) }
    expect(toGa4(planned, override).payload).toMatchObject({
      name: 'select_content',
      parameters: { content_id: 'pro', value: 1, currency: 'EUR', goal: 'demo_booked', tier: 'of the scope' },
    })
  })

  test('has at most 25 parameters, and those that count', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 24 }, (_, index) => [`property_${index}`, index]),
    )
    const { payload, notes } = toGa4(trackedEvent({ ...planned, properties }))
    expect(Object.keys(payload.parameters)).toHaveLength(25)
    expect(payload.parameters).toMatchObject({ event_id: ID, value: 5, currency: 'EUR', property_21: 21 })
    expect(notes?.slice(0, 2)).toEqual([
      'property_22 left out: GA4 takes 25 parameters',
      'property_23 left out: GA4 takes 25 parameters',
    ])
  })

  test('has values as long as GA4 takes them', () => {
    const long = 'x'.repeat(2_000)
    const { payload, notes } = toGa4(
      trackedEvent({
        properties: {
          note: long,
          page_location: long,
          page_referrer: long,
          page_title: long,
          items: Array(201).fill({}),
        },
      }),
    )
    const lengths = Object.entries(payload.parameters).map(([name, value]) => [
      name,
      (value as string).length,
    ])
    expect(Object.fromEntries(lengths)).toEqual({
      event_id: 36,
      note: 100,
      page_location: 1_000,
      page_referrer: 420,
      page_title: 300,
      items: 200,
    })
    expect(notes).toContain('note cut: GA4 takes 100 characters')
    const emoji = toGa4(trackedEvent({ properties: { note: `${'x'.repeat(99)}🙂` } })).payload.parameters[
      'note'
    ]
    expect(emoji).toBe('x'.repeat(99))
    expect(notes).toContain('items cut: GA4 takes 200 items')
  })

  test.each([
    ['an object', { deep: { a: 1 } }, 'deep'],
    ['a list', { list: [1] }, 'list'],
    ['a date', { when: new Date(0) }, 'when'],
    ['no number', { ratio: Number.NaN }, 'ratio'],
    ['nothing', { gone: null }, 'gone'],
    ['a name of 41 characters', { ['n'.repeat(41)]: 1 }, 'n'.repeat(41)],
    ['a name with a dot', { 'a.b': 1 }, 'a.b'],
    ['a reserved prefix', { ga_mine: 1 }, 'ga_mine'],
  ])('goes without %s, and says so', (_, properties, name) => {
    const { payload, notes } = toGa4(trackedEvent({ properties }))
    expect(payload.parameters).toEqual({ event_id: ID })
    expect(notes).toEqual([expect.stringMatching(`^${name.replace('.', '\\.')} left out: it `)])
  })

  test.each([
    ['session_start', 'is reserved'],
    ['firebase_thing', 'begins with a reserved prefix'],
    ['chose tier', 'has to begin with a letter'],
    ['2_chosen', 'has to begin with a letter'],
    ['', 'has to begin with a letter'],
    ['n'.repeat(41), 'is longer than 40 characters'],
  ])('is rejected under the name "%s"', (name, why) => {
    expect(() => toGa4(trackedEvent({ name }))).toThrow(PermanentError)
    expect(() => toGa4(trackedEvent({ name }))).toThrow(why)
    expect(() => toGa4(trackedEvent(), { name })).toThrow(PermanentError)
    expect(toGa4(trackedEvent({ name }), { name: 'fine' }).payload.name).toBe('fine')
  })

  test.each(['page_view', 'form_start', 'video_progress', 'Größe_gewählt', 'n'.repeat(40)])(
    'is accepted under the name "%s"',
    (name) => expect(toGa4(trackedEvent({ name })).payload.name).toBe(name),
  )

  test('is never beyond the limits, whatever it is called and carries', () => {
    const names = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.stringMatching(/^[a-z_]{1,20}$/),
      fc.stringMatching(/^[h-z]{39,42}$/),
      fc.constantFrom('__proto__', 'constructor', 'items', 'value', 'ga_x', 'page_title', 'transaction_id'),
    )
    const texts = fc.nat(1_200).map((length) => 'x'.repeat(length))
    const lists = fc.array(fc.dictionary(names, fc.string()))
    const properties = fc.oneof(
      fc.dictionary(names, fc.oneof(fc.anything(), texts, lists)),
      // More than fit, with nothing else to say against them.
      fc.dictionary(fc.stringMatching(/^[b-e][a-z]{2,39}$/), fc.oneof(fc.nat(), texts), {
        minKeys: 23,
        maxKeys: 30,
      }),
    )
    fc.assert(
      fc.property(names, properties, fc.boolean(), (name, properties, overridden) => {
        const event = overridden ? trackedEvent({ name }) : trackedEvent({ name, properties })
        let mapped: ReturnType<typeof toGa4>
        try {
          mapped = toGa4(event, overridden ? { parameters: () => properties } : undefined)
        } catch (error) {
          expect(error).toBeInstanceOf(PermanentError)
          return
        }
        const { payload, notes = [] } = mapped
        expect(payload.name).toMatch(/^\p{L}[\p{L}\p{N}_]{0,39}$/u)
        const entries = Object.entries(payload.parameters)
        expect(entries.length).toBeLessThanOrEqual(25)
        for (const [parameter, value] of entries) {
          expect(parameter).toMatch(/^\p{L}[\p{L}\p{N}_]{0,39}$/u)
          expect(parameter).not.toMatch(/^(ga_|google_|firebase_)/)
          if (typeof value === 'string' && parameter !== 'transaction_id')
            expect(value.length).toBeLessThanOrEqual(
              parameter === 'page_title' ? 300 : parameter.startsWith('page_') ? 1_000 : 100,
            )
          if (typeof value === 'object') expect(parameter).toBe('items')
        }
        // What is missing has a note.
        const given = Object.keys(properties).filter(
          (each) => properties[each] !== undefined && each !== 'event_id',
        )
        const missing = given.filter((each) => !Object.hasOwn(payload.parameters, each))
        for (const each of missing)
          expect(notes.some((note) => note.startsWith(`${each} left out`))).toBe(true)
      }),
    )
  })
})

/** The recorded contract: https://developers.google.com/tag-platform/gtagjs/reference#event */
describe('what GA4 gets', () => {
  const page = globalThis as {
    gtag?: unknown
    dataLayer?: unknown[]
    google_tag_manager?: unknown
    layer?: unknown[]
  }
  afterEach(() => {
    for (const name of ['gtag', 'dataLayer', 'google_tag_manager', 'layer'] as const) delete page[name]
  })
  const send = (destination = ga4()) => destination.send([toGa4(trackedEvent()).payload], { reason: 'batch' })
  /** As in Google's snippet. */
  function install(layer: unknown[]) {
    return function gtag() {
      // biome-ignore lint/complexity/noArguments: a tag reads nothing else
      layer.push(arguments)
    }
  }
  const commands = (layer: unknown[] | undefined) =>
    layer
      ?.filter((entry) => Object.prototype.toString.call(entry) === '[object Arguments]')
      .map((entry) => [...(entry as unknown[])])

  test('is a command in the data layer, behind those of the snippet', () => {
    const layer: unknown[] = []
    page.dataLayer = layer
    const gtag = install(layer) as (...command: unknown[]) => void
    page.gtag = gtag
    gtag('js', new Date(0))
    gtag('config', 'G-1')
    send()
    expect(commands(layer)).toEqual([
      ['js', new Date(0)],
      ['config', 'G-1'],
      ['event', 'tier_chosen', { event_id: ID, tier: 'pro' }],
    ])
  })

  test('is a command also where GTM alone has made the data layer', () => {
    page.dataLayer = [{ 'gtm.start': 1, event: 'gtm.js' }]
    send()
    expect(commands(page.dataLayer)).toEqual([['event', 'tier_chosen', { event_id: ID, tier: 'pro' }]])
    page.dataLayer = []
    page.google_tag_manager = {}
    send()
    expect(commands(page.dataLayer)).toHaveLength(1)
  })

  test('waits until a tag is configured: an event before that goes nowhere', () => {
    expect(() => send()).toThrow('A Google tag is not on the page yet')
    expect(page.dataLayer).toBeUndefined()
    const layer: unknown[] = []
    page.dataLayer = layer
    const gtag = install(layer) as (...command: unknown[]) => void
    page.gtag = gtag
    gtag('consent', 'default', {})
    expect(() => send()).toThrow('not on the page yet')
    expect(commands(layer)).toHaveLength(1)
  })

  test('goes to the tags and the layer that were named', () => {
    page.layer = [['config', 'G-1']]
    send(ga4({ sendTo: ['G-1'], dataLayerName: 'layer' }))
    expect(commands(page.layer)).toEqual([
      ['event', 'tier_chosen', { event_id: ID, tier: 'pro', send_to: ['G-1'] }],
    ])
    const calls: unknown[] = []
    send(
      ga4({
        client:
          () =>
          (...call) =>
            calls.push(call),
      }),
    )
    expect(calls).toEqual([['event', 'tier_chosen', { event_id: ID, tier: 'pro' }]])
  })
})
