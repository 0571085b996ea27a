import { describe, expect, test } from 'vitest'
import { calCom } from '../../../src/embeds/cal-com.ts'
import { calendly } from '../../../src/embeds/calendly.ts'
import { hubspotForm } from '../../../src/embeds/hubspot-form.ts'
import { hubspotMeetings } from '../../../src/embeds/hubspot-meetings.ts'
import type { EmbedProtocol } from '../../../src/embeds/protocol.ts'
import { typeform } from '../../../src/embeds/typeform.ts'
import {
  calendlyMessages,
  calMessages,
  hubspotFormMessages,
  hubspotMeetingMessages,
  personal,
  typeformMessages,
} from '../../support/embed-messages.ts'

const meeting = { meetingType: '77', minutes: 30 }

const adapters: [name: string, EmbedProtocol<object>, messages: object, signals: object][] = [
  [
    'Calendly',
    calendly(),
    calendlyMessages,
    { ready: { fact: 'ready' }, slot: { fact: 'slot' }, booked: { fact: 'booked' }, malformed: 'malformed' },
  ],
  [
    'Cal.com',
    calCom(),
    calMessages,
    {
      ready: { fact: 'ready' },
      failed: { fact: 'failed', errorCode: '404' },
      booked: { fact: 'booked', ...meeting },
      malformed: 'malformed',
    },
  ],
  [
    'meetings of HubSpot',
    hubspotMeetings(),
    hubspotMeetingMessages,
    { booked: { fact: 'booked', meetingType: 'PERSONAL_LINK', minutes: 30 }, malformed: 'malformed' },
  ],
  [
    'a form of HubSpot',
    hubspotForm({ formId: 'a1b2' }),
    hubspotFormMessages,
    {
      submit: { fact: 'submit' },
      success: { fact: 'success' },
      failure: { fact: 'failure', errorCode: 'validation' },
      malformed: 'malformed',
    },
  ],
  [
    'Typeform',
    typeform(),
    typeformMessages,
    {
      started: { fact: 'start' },
      step: { fact: 'step', step: 'question-1' },
      submitted: { fact: 'success' },
      malformed: 'malformed',
    },
  ],
]

/** Messages that any page gets: of other scripts, extensions and frames. */
const foreign = [
  undefined,
  null,
  0,
  '',
  'calendly.event_scheduled',
  '{"event":1}',
  [],
  {},
  { type: 'x' },
  { event: 7 },
]

describe.each(adapters)('the adapter of %s', (_, { read }, messages, signals) => {
  test('reads each message of the contract, and nothing personal in it', () => {
    const readings = Object.entries(messages).map(([name, message]) => [name, read(message)])
    expect(Object.fromEntries(readings.filter(([, reading]) => reading))).toEqual(signals)
    for (const text of personal) expect(JSON.stringify(readings)).not.toContain(text)
  })

  test('leaves alone what others send', () => {
    expect(foreign.map(read)).toEqual(foreign.map(() => undefined))
  })
})

test('a form of HubSpot from the updated editor reports by events', () => {
  const { events = [], read } = hubspotForm({ formId: 'a1b2' })
  const readings = events.map((type) => read({ type, formId: 'a1b2', instanceId: 'i1' }))
  expect(readings).toEqual([{ fact: 'success' }, { fact: 'failure' }, { fact: 'step' }])
  expect(events.map((type) => read({ type, formId: 'other' }))).toEqual([undefined, undefined, undefined])
})

test.each([
  [calendly().trusts, ['https://calendly.com'], ['https://calendly.com.evil.test', 'https://a.calendly.com']],
  [
    calCom().trusts,
    ['https://cal.com', 'https://app.cal.com', 'https://acme.cal.com', 'https://app.cal.eu'],
    ['https://evilcal.com', 'http://app.cal.com', 'https://app.cal.com.evil.test', 'null'],
  ],
  [
    hubspotMeetings().trusts,
    ['https://meetings.hubspot.com', 'https://meetings-eu1.hubspot.com'],
    ['https://meetings.hubspot.com.evil.test', 'https://hubspot.com'],
  ],
  [
    typeform().trusts,
    ['https://form.typeform.com', 'https://form.typeform.eu', 'https://acme.typeform.com'],
    ['https://typeform.com.evil.test', 'https://form.typeform.org'],
  ],
  [
    calendly({ origins: ['https://meet.acme.test'] }).trusts,
    ['https://meet.acme.test'],
    ['https://calendly.com'],
  ],
])('origins that count: %#', (trusts, own, others) => {
  const trusted = trusts as (origin: string) => boolean
  expect(own.filter((origin) => !trusted(origin))).toEqual([])
  expect(others.filter(trusted)).toEqual([])
})

test.each([
  [{ startTime: 'soon', endTime: 'later' }, undefined],
  [{ startTime: '2030-05-06T10:00:00Z', endTime: '2030-05-08T10:00:00Z' }, undefined],
  [{ startTime: '2030-05-06T10:00:00Z', endTime: '2030-05-06T09:00:00Z' }, undefined],
  [{ startTime: '2030-05-06T10:00:00Z', endTime: '2030-05-06T10:15:00Z' }, 15],
])('the duration of %j is %s minutes', (data, minutes) => {
  const message = { ...calMessages.booked, data: { ...data, eventTypeId: 'Ada Lovelace' } }
  expect(calCom().read(message)).toEqual({ fact: 'booked', meetingType: undefined, minutes })
})
