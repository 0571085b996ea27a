import type { StoryContext } from '@storybook/react-vite'
import { type FormEvent, useState } from 'react'
import { FormStep, TrackedForm, useTrackedForm } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside } from '../support/beside.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'

function LeadForm({ answer = { ok: true } }: { readonly answer?: { ok: boolean; code?: string } }) {
  const form = useTrackedForm({ name: 'demo' })
  const [step, setStep] = useState<'contact' | 'visit' | 'left'>('contact')
  const [open, setOpen] = useState(false)
  async function send(event: FormEvent) {
    event.preventDefault()
    if (step === 'contact') return setStep('visit')
    // Stands for `await api.book(…)`, which answers `{ ok, code }`.
    return answer
  }
  function openCalendar() {
    setOpen(true)
    form.calendarOpened()
  }
  if (step === 'left') return <p>Another page</p>
  return (
    <>
      <TrackedForm form={form} onSubmit={send} aria-label="Book a demo">
        {step === 'contact' ? (
          <FormStep key="contact" name="contact" index={1} of={2}>
            <legend>Step 1 of 2</legend>
            <label>
              Work e-mail
              <input type="email" name="email" required autoComplete="off" />
            </label>
            <label>
              Company
              <input name="company" autoComplete="off" />
            </label>
            <button type="submit">Next</button>
          </FormStep>
        ) : (
          <FormStep key="visit" name="visit" index={2} of={2}>
            <legend>Step 2 of 2</legend>
            <button type="button" onClick={openCalendar}>
              Open the calendar
            </button>
            {open && (
              <button type="button" onClick={form.slotSelected}>
                Monday, 9:00
              </button>
            )}
            <button type="submit">Book</button>
          </FormStep>
        )}
      </TrackedForm>
      <p>
        <button type="button" onClick={() => setStep('left')}>
          Leave
        </button>
      </p>
    </>
  )
}

const meta = preview.meta({
  title: 'Catalogue/Lead and form',
  component: LeadForm,
  decorators: [beside],
  parameters: {
    docs: {
      description: { component: 'Steps of a user who books a demo, each as its own event.' },
    },
  },
  argTypes: { answer: { control: false, description: 'Answer of the server in this story.' } },
})

type Context = Pick<StoryContext, 'canvas' | 'canvasElement' | 'userEvent'>

async function fillIn({ canvas, userEvent }: Context) {
  await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
}

async function goOn(context: Context) {
  await fillIn(context)
  await context.userEvent.click(context.canvas.getByRole('button', { name: 'Next' }))
  await context.canvas.findByText('Step 2 of 2')
}

const press = ({ canvas, userEvent }: Context, name: string) =>
  userEvent.click(canvas.getByRole('button', { name }))

/** The properties of the last event of this name, when it has arrived. */
async function last({ canvasElement }: Context, event: string) {
  await waitFor(() => expect(verdicts(canvasElement)).toContain(`${event} fired`))
  const events = await arrived(canvasElement)
  await expect(JSON.stringify(events)).not.toMatch(/ines|Monday/)
  return events.filter(({ name }) => name === event).at(-1)?.properties
}

/** Reports a start with the first key. Focus alone does not count. */
export const Started = meta.story({
  play: async (context) => {
    await context.userEvent.click(context.canvas.getByLabelText('Work e-mail'))
    await expect(verdicts(context.canvasElement)).not.toContain('form_start fired')
    await fillIn(context)
    await expect(await last(context, 'form_start')).toMatchObject({ form_name: 'demo', field_name: 'email' })
  },
})

/** Reports each field: whether it is valid, how long it took, and how often the user came back to it. */
export const FieldValidated = meta.story({
  play: async (context) => {
    const { canvas, userEvent } = context
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines')
    await userEvent.tab()
    await expect(await last(context, 'form_field')).toMatchObject({ field_state: 'invalid', field_errors: 1 })
    await userEvent.type(canvas.getByLabelText('Work e-mail'), '@example.com')
    await userEvent.tab()
    await waitFor(async () =>
      expect(await last(context, 'form_field')).toMatchObject({
        field_state: 'corrected',
        field_returns: 1,
        field_corrections: 1,
      }),
    )
  },
})

/** Reports each step, the step before it, and how long that took. */
export const StepReached = meta.story({
  play: async (context) => {
    await goOn(context)
    await expect(await last(context, 'form_step')).toMatchObject({
      step_name: 'visit',
      step_index: 2,
      steps_total: 2,
      step_direction: 'forward',
      previous_step: 'contact',
    })
    await expect(verdicts(context.canvasElement)).not.toContain('form_submit fired')
  },
})

/** Reports how much of an abandoned form was filled in. An event of your own may count from a share on: `counts: ({ completion_percent }) => completion_percent >= 50`. */
export const PartlyCompleted = meta.story({
  play: async (context) => {
    await fillIn(context)
    await context.userEvent.tab()
    // One of two fields, in one of two steps.
    await expect(await last(context, 'form_field')).toMatchObject({ completion_percent: 25 })
  },
})

/** Reports that the user opened the calendar: `form.calendarOpened()`, for your own calendar or an embedded scheduler. */
export const CalendarOpened = meta.story({
  play: async (context) => {
    await goOn(context)
    await press(context, 'Open the calendar')
    await expect(await last(context, 'form_calendar')).toMatchObject({ step_name: 'visit' })
  },
})

/** Reports that the user selected a slot: `onClick={form.slotSelected}`. The slot itself is not reported. */
export const SlotSelected = meta.story({
  play: async (context) => {
    await goOn(context)
    await press(context, 'Open the calendar')
    await press(context, 'Monday, 9:00')
    await expect(await last(context, 'form_slot')).toMatchObject({ step_name: 'visit', step_index: 2 })
  },
})

/** Reports where the user left the form: the step, the last field, and the completed share. */
export const Abandoned = meta.story({
  play: async (context) => {
    await fillIn(context)
    await press(context, 'Leave')
    await expect(await last(context, 'form_abandon')).toMatchObject({
      last_field: 'email',
      step_name: 'contact',
      fields_total: 2,
      fields_completed: 1,
      completion_percent: 25,
    })
  },
})

/** Reports the submission, whatever its outcome. */
export const SubmitAttempted = meta.story({
  args: { answer: { ok: false } },
  play: async (context) => {
    await goOn(context)
    await press(context, 'Book')
    await expect(await last(context, 'form_submit')).toMatchObject({ form_submit_text: 'Book' })
  },
})

/** Reports a success when the server has confirmed the submission. */
export const Succeeded = meta.story({
  play: async (context) => {
    await goOn(context)
    await press(context, 'Book')
    await expect(await last(context, 'form_success')).toMatchObject({ fields_total: 2, fields_completed: 1 })
  },
})

/** Reports a failure with a code. The text of the error is not reported. */
export const Failed = meta.story({
  args: { answer: { ok: false, code: 'sold_out' } },
  play: async (context) => {
    await goOn(context)
    await press(context, 'Book')
    await expect(await last(context, 'form_failure')).toMatchObject({ error_code: 'sold_out', step_index: 2 })
    await expect(verdicts(context.canvasElement)).not.toContain('form_success fired')
  },
})
