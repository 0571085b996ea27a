import type { ChatFact, SchedulerFact } from '../../plan/facts.ts'
import type { Described } from './described.ts'
import { type FieldsOf, optional, seconds, text, whole } from './fields.ts'
import { step } from './form.ts'

const scheduler: FieldsOf<SchedulerFact> = { ...step, scheduler_provider: text('The scheduling service') }
const sinceOpened = seconds('Time since the scheduler was opened')

export const meetings: Described<'scheduler'> = {
  meeting_booked: {
    description: 'Books a meeting in an embedded scheduler',
    fields: {
      ...scheduler,
      seconds_since_start: sinceOpened,
      meeting_type: optional(text('Kind of meeting, an id or a constant of the service')),
      meeting_minutes: optional(whole('Duration of the meeting in minutes', 1)),
    },
  },
  meeting_failed: {
    description: 'Cannot load an embedded scheduler, or cannot book in it',
    fields: {
      ...scheduler,
      error_code: text('Code of the service, or `error`'),
      seconds_since_start: sinceOpened,
    },
  },
}

const which: FieldsOf<ChatFact> = {
  chat_name: text('Name of the chat'),
  chat_provider: text('The chat service'),
}

export const chat: Described<'chat'> = {
  chat_opened: { description: 'Opens a chat', fields: which },
  chat_started: { description: 'Sends the first message of a conversation', fields: which },
}

export const experiments: Described<'experiments'> = {
  experiment_viewed: {
    description: 'Sees a variant of an experiment',
    fields: { experiment_id: text('Name of the experiment'), variant_id: text('Name of the variant') },
  },
}
