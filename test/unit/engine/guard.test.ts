import { describe, expect, test } from 'vitest'
import { emitterOf } from '../../../src/engine/pipeline/emitter.ts'
import { definePlan } from '../../../src/plan/define-plan.ts'
import { event } from '../../../src/plan/event.ts'
import { typed } from '../../../src/plan/standard-schema.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'
import { drain, listenToAdvice, openTracker } from '../../support/tracking.ts'

const MAIL = 'ada@example.test'
const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    note_written: event({ properties: typed<{ text: string; contact?: { mail: string } }>() }),
    mail_given: event({ properties: typed<{ mail: string }>(), pii: ['mail'] }),
    text_made: event({
      properties: {
        '~standard': { version: 1, vendor: 'test', validate: () => ({ value: { text: MAIL } }) },
      },
    }),
  },
})

test('block: the attempt is dropped, and neither record nor message repeats the text (R1)', async () => {
  const said = listenToAdvice()
  const { tracker, destination } = openTracker(plan, { personalData: 'block' })
  const decision = tracker.track('note_written', { text: 'hello', contact: { mail: MAIL } })
  expect(decision).toMatchObject({
    outcome: 'dropped',
    reason: 'personal-data',
    properties: { text: 'hello', contact: { mail: '[email]' } },
    personalData: [{ kind: 'email', path: 'properties.contact.mail' }],
  })
  await drain()
  expect(destination.events).toEqual([])
  expect(said().join()).toContain('RMC111')
  expect(said().join()).toContain('properties.contact.mail: email')
  expect(JSON.stringify([tracker.record.get(), said()])).not.toContain(MAIL)
  expect(tracker.record.get().personalData).toEqual({ email: 1 })
})

test('redact: it goes out with a placeholder, and is counted', async () => {
  listenToAdvice()
  const { tracker, destination } = openTracker(plan, { personalData: 'redact' })
  tracker.track('note_written', { text: `write to ${MAIL}` })
  tracker.track('note_written', { text: 'nothing' })
  await drain()
  expect(destination.events.map(({ properties }) => properties)).toEqual([
    { text: 'write to [email]' },
    { text: 'nothing' },
  ])
  expect(JSON.stringify(tracker.record.get())).not.toContain(MAIL)
  expect(tracker.record.get().personalData).toEqual({ email: 1 })
})

test('allow: nobody looks', async () => {
  const { tracker, destination } = openTracker(plan, { personalData: 'allow' })
  tracker.track('note_written', { text: MAIL })
  await drain()
  expect(destination.events[0]?.properties).toEqual({ text: MAIL })
})

test('a property that the plan marks is left alone', async () => {
  const { tracker, destination } = openTracker(plan, { personalData: 'block' })
  expect(tracker.track('mail_given', { mail: MAIL }).outcome).toBe('fired')
  await drain()
  expect(destination.events[0]?.properties).toEqual({ mail: MAIL })
})

test('what a schema makes is looked at as well', () => {
  listenToAdvice()
  const { tracker } = openTracker(plan, { personalData: 'block' })
  expect(tracker.track('text_made' as 'mail_given', {} as { mail: string }).reason).toBe('personal-data')
})

describe('around the properties', () => {
  const platform = () =>
    createManualPlatform({ path: `/user/${MAIL}/settings`, referrer: `https://a.test/from/${MAIL}` })

  test('an address with an e-mail address blocks', () => {
    listenToAdvice()
    const { tracker } = openTracker(plan, { personalData: 'block', platform: platform() })
    const decision = tracker.track('note_written', { text: '' })
    expect(decision.reason).toBe('personal-data')
    expect(decision.personalData?.map(({ path }) => path)).toEqual(['page.url', 'page.path', 'page.referrer'])
  })

  test('or is replaced, everywhere: page, landing, record', async () => {
    listenToAdvice()
    const { tracker, destination } = openTracker(plan, { personalData: 'redact', platform: platform() })
    tracker.track('note_written', { text: '' })
    await drain()
    expect(destination.events[0]?.page.path).toBe('/user/[email]/settings')
    expect(JSON.stringify([destination.events, tracker.record.get()])).not.toContain(MAIL)
  })
})

test.each(['unknown', 'prerendering', 'disposed'])(
  'no record repeats the text of an attempt that is not judged: %s',
  (why) => {
    listenToAdvice()
    const platform = createManualPlatform({ prerendering: why === 'prerendering' })
    const { tracker } = openTracker(plan, { personalData: 'redact', platform })
    if (why === 'disposed') tracker.dispose()
    const decision = tracker.track((why === 'unknown' ? 'nobody_knows' : 'note_written') as 'note_written', {
      text: MAIL,
    })
    expect(JSON.stringify([decision, tracker.record.get()])).not.toContain(MAIL)
  },
)

test('what tells the facts of one event apart is an address, a name, a field: it is replaced there too', async () => {
  listenToAdvice()
  const { tracker, destination } = openTracker(plan, { personalData: 'redact' })
  const track = emitterOf(tracker)
  const trigger = { component: 'Link', fact: 'internal' }
  track('note_written', { text: '' }, { ...trigger, factKey: `internal:https://shop.test/user/${MAIL}` })
  track('note_written', { text: '' }, { ...trigger, factKey: 'article:123456789012' })
  await tracker.flush()
  expect(destination.events.map((sent) => sent.trigger.factKey)).toEqual([
    'internal:https://shop.test/user/[email]',
    'article:123456789012',
  ])
  expect(JSON.stringify([destination.events, tracker.record.get()])).not.toContain(MAIL)
})
