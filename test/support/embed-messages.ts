/**
 * Messages as the services document or send them, with an e-mail address, a name and an answer wherever a service has
 * put one. Sources: docs/embeds.md.
 */
export const personal = ['ada@example.test', 'Ada Lovelace', 'Because of the budget'] as const
const [email, name, answer] = personal

const HOUR = '2030-05-06T10:00:00.000Z'
const HALF_PAST = '2030-05-06T10:30:00.000Z'

export const calendlyMessages = {
  ready: { event: 'calendly.event_type_viewed', payload: { invitee: { name } } },
  slot: { event: 'calendly.date_and_time_selected', payload: { email } },
  booked: {
    event: 'calendly.event_scheduled',
    payload: {
      event: { uri: `https://api.calendly.com/scheduled_events/${email}` },
      invitee: { uri: `https://api.calendly.com/invitees/${name}`, questions: [answer] },
    },
  },
  height: { event: 'calendly.page_height', payload: { height: '900px' } },
  malformed: { event: 'calendly.unheard_of', payload: { email } },
}

const cal = (type: string, data: unknown) => ({
  originator: 'CAL',
  fullType: `CAL::${type}`,
  type,
  namespace: '',
  data,
})

export const calMessages = {
  ready: cal('linkReady', {}),
  failed: cal('linkFailed', { code: '404', msg: `Not found: ${name}`, data: { url: `/x?email=${email}` } }),
  booked: cal('bookingSuccessfulV2', {
    uid: 'b1',
    title: `30 min between ${name} and ACME`,
    startTime: HOUR,
    endTime: HALF_PAST,
    eventTypeId: 77,
    status: 'ACCEPTED',
    paymentRequired: false,
    isRecurring: false,
    videoCallUrl: `https://meet.test/${email}`,
  }),
  older: cal('bookingSuccessful', { booking: { responses: { email, notes: answer } }, organizer: { email } }),
  malformed: { ...cal('linkReady', {}), type: undefined, data: { email } },
}

export const hubspotMeetingMessages = {
  booked: {
    meetingBookSucceeded: true,
    meetingsPayload: {
      linkType: 'PERSONAL_LINK',
      formGuid: 'g1',
      bookingResponse: {
        event: { dateTime: Date.parse(HOUR), duration: 1_800_000 },
        postResponse: { contact: { email, firstName: name, answers: [answer] } },
      },
    },
  },
  malformed: { meetingBookSucceeded: { email } },
}

const FORM = 'a1b2'

export const hubspotFormMessages = {
  submit: {
    type: 'hsFormCallback',
    eventName: 'onFormSubmit',
    id: FORM,
    data: [
      { name: 'email', value: email },
      { name: 'why', value: answer },
    ],
  },
  success: {
    type: 'hsFormCallback',
    eventName: 'onFormSubmitted',
    id: FORM,
    data: { submissionValues: { email, firstname: name } },
  },
  failure: { type: 'hsFormCallback', eventName: 'onFormFailedValidation', id: FORM, data: [email] },
  ofAnother: { type: 'hsFormCallback', eventName: 'onFormSubmitted', id: 'other' },
  malformed: { type: 'hsFormCallback', eventName: { email }, id: FORM },
}

const embedded = { embedId: '123', formId: 'f1', responseId: email }

export const typeformMessages = {
  started: { type: 'form-started', ...embedded },
  step: { type: 'form-screen-changed', ...embedded, ref: 'question-1', answer },
  submitted: { type: 'form-submit', ...embedded, answers: [name, answer] },
  malformed: { type: 'form-screen-changed', ...embedded, ref: `${name} ${email}` },
}
