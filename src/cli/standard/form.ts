import type { FieldFact, FormFact, FormProgress, FormStepFact } from '../../plan/facts.ts'
import type { Described } from './described.ts'
import { type FieldsOf, flag, oneOf, percent, seconds, text, whole, written } from './fields.ts'

const which: FieldsOf<FormFact> = {
  form_name: text('Name of the form'),
  form_id: text('The `id` of the element; empty if none'),
}

export const step: FieldsOf<FormStepFact> = {
  ...which,
  step_name: text('The step in view; empty in a form of one step'),
  step_index: whole('Place of the step, from 1; 0 in a form of one step'),
  steps_total: whole('Number of steps; 0 if unknown'),
}

const progress: FieldsOf<FormProgress> = {
  seconds_since_start: seconds('Time since the first interaction'),
  fields_total: whole('Fields that can be filled in, in all steps seen'),
  fields_completed: whole('Fields that the user changed, and that are valid'),
  completion_percent: percent('Share of the fields that are completed'),
  returns: whole('How often the user came back to a field'),
  corrections: whole('How often a field was changed again'),
  errors: whole('How often a field was found invalid'),
}

const field: FieldsOf<FieldFact> = {
  ...step,
  field_name: text('Name of the field'),
  field_state: oneOf('How the field was left', { valid: true, invalid: true, corrected: true }),
  field_seconds: seconds('Time with the focus'),
  field_returns: whole('How often the user came back to it'),
  field_corrections: whole('How often it was changed again'),
  field_errors: whole('How often it was found invalid'),
  completion_percent: percent('Share of the fields that are completed, with this one'),
}

const destination = text('Address that the form is sent to, without query')
const stepSeconds = seconds('Time in the step')

export const form: Described<'form'> = {
  form_start: {
    description: 'Starts to fill in a form',
    fields: { ...which, form_destination: destination, field_name: text('The first field used') },
  },
  form_field: { description: 'Leaves a field after changing it', fields: field },
  form_step: {
    description: 'Opens a step of a form',
    fields: {
      ...step,
      step_direction: oneOf('The way to the step', { forward: true, back: true }),
      previous_step: text('The step before; empty for the first'),
      previous_step_seconds: seconds('Time in the step before'),
    },
  },
  form_calendar: { description: 'Opens the calendar of a form', fields: step },
  form_slot: {
    description: 'Chooses a slot in the calendar of a form',
    fields: { ...step, seconds_since_start: progress.seconds_since_start },
  },
  form_submit: {
    description: 'Submits a form that passed validation',
    fields: {
      ...which,
      form_destination: destination,
      form_submit_text: written('Text of the button'),
      navigated: flag('The document leaves with the submission'),
    },
  },
  form_success: {
    description: 'Submits a form, and the submission is known to have worked',
    fields: { ...step, ...progress, step_seconds: stepSeconds },
  },
  form_failure: {
    description: 'Submits a form in vain: validation or the application refused it',
    fields: {
      ...step,
      error_code: text('`validation`, or the code that the application gave'),
      invalid_fields: whole('Number of invalid fields'),
      invalid_field_names: text('Names of the invalid fields, with commas between them'),
      step_seconds: stepSeconds,
      seconds_since_start: progress.seconds_since_start,
    },
  },
  form_abandon: {
    description: 'Leaves a form that was started',
    fields: { ...step, ...progress, last_field: text('The last field used'), step_seconds: stepSeconds },
  },
  form_resume: {
    description: 'Comes back to a form that was left',
    fields: { ...which, seconds_since_start: progress.seconds_since_start },
  },
}
