import { type FormEvent, useActionState, useState } from 'react'
import { TrackedForm, useTrackedForm } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside } from '../support/beside.tsx'
import { gives, takes } from '../support/rows.ts'
import { arrived, arrivedNames, verdicts } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Hooks/useTrackedForm',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          "Returns a ref and functions for a form element of your own, which then reports as `TrackedForm` does. `succeed` and `fail` report the outcome from your code.\n\n```tsx\nconst { ref, handleSubmit } = useTrackedForm({ name: 'seats' })\n<form ref={ref} onSubmit={handleSubmit(save)}>\n```",
      },
    },
  },
  argTypes: {
    name: takes('string', 'Name of the form, reported as `form_name`.'),
    events: takes(
      '{ [fact]: event | { event, properties } }',
      'Events of the plan by fact. Only the facts that it names are reported. Default: the standard events that are in the plan.',
    ),
    properties: takes('{ [property: string]: PropertyValue }', 'Properties that are added to every fact.'),
    outcome: takes(
      "(result) => 'success' | 'failure' | 'unknown'",
      'Decides the outcome from the value that your handler or action returned.',
    ),
    fieldName: takes(
      '(name, element) => string | null',
      'Returns the reported name of a field, or null to leave the field out.',
    ),
    invalidFields: takes('() => string[]', 'Names of the fields that a form library considers invalid.'),
    acrossPages: takes('boolean', 'True if all forms of this name, on any page, are one form.', 'false'),
    ref: gives('RefCallback<HTMLFormElement>', 'Ref for the form element.'),
    handleSubmit: gives(
      '(handler) => handler',
      'Wraps your handler. The promise that the handler returns decides the outcome.',
    ),
    trackAction: gives('(action) => action', 'Wraps an action for `useActionState` or `<form action>`.'),
    succeed: gives('() => void', 'Reports a success, of the running submission or without one.'),
    fail: gives(
      '(errorCode?) => void',
      'Reports a failure with a code of your own, which must not contain personal data.',
    ),
    enterStep: gives('(name, index, total?) => void', 'Reports a step. `FormStep` calls it for you.'),
    calendarOpened: gives('() => void', 'Reports that the user opened a calendar.'),
    slotSelected: gives('() => void', 'Reports that the user selected a slot. The slot itself is not read.'),
  },
})

/** Stands for `fetch('/api/seats', …)`. */
const pretendFetch = () =>
  new Promise<Response>((resolve) => setTimeout(() => resolve(new Response(null, { status: 201 })), 50))

function OwnElement() {
  const { ref, handleSubmit } = useTrackedForm({ name: 'seats' })
  async function save(event: FormEvent) {
    event.preventDefault()
    const response = await pretendFetch()
    if (!response.ok) throw response
  }
  return (
    <form ref={ref} onSubmit={handleSubmit(save)} aria-label="Reserve seats">
      <label>
        Seats
        <input name="seats" inputMode="numeric" autoComplete="off" />
      </label>
      <button type="submit">Reserve</button>
    </form>
  )
}

/** Observes a form element that you render yourself. */
export const OwnFormElement = meta.story({
  render: () => <OwnElement />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Seats'), '2')
    await userEvent.click(canvas.getByRole('button', { name: 'Reserve' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_success fired'))
    await expect(await arrivedNames(canvasElement)).toEqual([
      'form_start',
      'form_field',
      'form_submit',
      'form_success',
    ])
  },
})

function WithActionState() {
  const form = useTrackedForm({
    name: 'seats',
    outcome: (result) => (result === 'Reserved.' ? 'success' : 'failure'),
  })
  const [told, action] = useActionState(
    form.trackAction(async (_: string, data: FormData) =>
      Number(data.get('seats')) > 8 ? 'We have eight.' : 'Reserved.',
    ),
    '',
  )
  return (
    <TrackedForm form={form} action={action} aria-label="Reserve seats">
      <label>
        Seats
        <input name="seats" inputMode="numeric" autoComplete="off" />
      </label>
      <button type="submit">Reserve</button>
      <p role="status">{told}</p>
    </TrackedForm>
  )
}

/** Wraps an action with `trackAction`, because the dispatch function of `useActionState` returns nothing. */
export const ActionState = meta.story({
  render: () => <WithActionState />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Seats'), '9')
    await userEvent.click(canvas.getByRole('button', { name: 'Reserve' }))
    await canvas.findByText('We have eight.')
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_failure fired'))
    await userEvent.clear(canvas.getByLabelText('Seats'))
    await userEvent.type(canvas.getByLabelText('Seats'), '2')
    await userEvent.click(canvas.getByRole('button', { name: 'Reserve' }))
    await canvas.findByText('Reserved.')
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_success fired'))
  },
})

function ByHand() {
  const { ref, handleSubmit, succeed, fail } = useTrackedForm({ name: 'seats' })
  const [sent, setSent] = useState(false)
  function save(event: FormEvent) {
    event.preventDefault()
    setSent(true)
  }
  return (
    <form ref={ref} onSubmit={handleSubmit(save)} aria-label="Reserve seats">
      <label>
        Seats
        <input name="seats" inputMode="numeric" autoComplete="off" />
      </label>
      <button type="submit">Reserve</button>
      {sent && (
        <>
          <button type="button" onClick={succeed}>
            The server said yes
          </button>
          <button type="button" onClick={() => fail('sold_out')}>
            It said no
          </button>
        </>
      )}
    </form>
  )
}

/** Reports the outcome with `succeed` and `fail`, because the answer arrives by a socket. */
export const SaidByHand = meta.story({
  render: () => <ByHand />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Seats'), '2')
    await userEvent.click(canvas.getByRole('button', { name: 'Reserve' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'It said no' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_failure fired'))
    const failure = (await arrived(canvasElement)).find(({ name }) => name === 'form_failure')
    await expect(failure?.properties['error_code']).toBe('sold_out')
  },
})
