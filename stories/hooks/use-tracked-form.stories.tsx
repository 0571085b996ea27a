import { type FormEvent, useActionState, useState } from 'react'
import { TrackedForm, useTrackedForm } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { gives, takes } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked } from '../support/tracked.tsx'
import { arrived, arrivedNames, verdicts } from '../support/verdicts.ts'
import file from './use-tracked-form.stories.tsx?raw'

const meta = preview.meta({
  title: 'Hooks/useTrackedForm',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          "What `TrackedForm` does, for a form element of your own, and the way to say by hand how a submission ended.\n\n```tsx\nconst { ref, onSubmit } = useTrackedForm({ name: 'seats' })\n<form ref={ref} onSubmit={onSubmit(save)}>\n```",
      },
    },
  },
  argTypes: {
    name: takes('string', 'GA4’s `form_name`.'),
    events: takes(
      '{ [fact]: event | { event, properties } }',
      'From facts to events of the plan. Default: the standard names that the plan has.',
    ),
    properties: takes('{ [name]: value }', 'Joined to every fact.'),
    outcome: takes(
      "(result) => 'success' | 'failure' | 'unknown'",
      'Judges what `onSubmit` or an action returned.',
    ),
    fieldName: takes(
      '(name, element) => string | null',
      'How a field is called in what is reported; null leaves it out.',
    ),
    invalidFields: takes('() => string[]', 'Names of the fields that a form library holds to be invalid.'),
    acrossPages: takes('boolean', 'One attempt for all forms of this name, on any page.', 'false'),
    ref: gives('RefCallback<HTMLFormElement>', 'For the form element.'),
    onSubmit: gives(
      '(handler) => handler',
      'Wraps your handler: the promise that it returns tells the outcome.',
    ),
    trackAction: gives('(action) => action', 'Wraps an action for `useActionState` or `<form action>`.'),
    succeed: gives('() => void', 'The submission in flight worked, or the attempt did without one.'),
    fail: gives('(errorCode?) => void', 'It failed; the code is yours, and holds no personal data.'),
    enterStep: gives('(name, index, total?) => void', 'What `FormStep` calls.'),
    calendarOpened: gives('() => void', 'The visitor has opened a calendar.'),
    slotSelected: gives('() => void', 'And selected a slot in it; nothing of the slot is read.'),
  },
})

/** Stands for `fetch('/api/seats', …)`. */
const pretendFetch = () =>
  new Promise<Response>((resolve) => setTimeout(() => resolve(new Response(null, { status: 201 })), 50))

function OwnElement() {
  const { ref, onSubmit } = useTrackedForm({ name: 'seats' })
  async function save(event: FormEvent) {
    event.preventDefault()
    const response = await pretendFetch()
    if (!response.ok) throw response
  }
  return (
    <form ref={ref} onSubmit={onSubmit(save)} aria-label="Reserve seats">
      <label>
        Seats
        <input name="seats" inputMode="numeric" autoComplete="off" />
      </label>
      <button type="submit">Reserve</button>
    </form>
  )
}

/** Why: the form element of a design system, or one that exists already, stays what it is. */
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

/** Why: the dispatch of `useActionState` returns nothing; wrapped by `trackAction`, the action itself tells how it ended. */
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
  const { ref, onSubmit, succeed, fail } = useTrackedForm({ name: 'seats' })
  const [sent, setSent] = useState(false)
  function save(event: FormEvent) {
    event.preventDefault()
    setSent(true)
  }
  return (
    <form ref={ref} onSubmit={onSubmit(save)} aria-label="Reserve seats">
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

/** Why: where the answer comes by another way, such as a socket, you say what it was. */
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
