import {
  type ComponentPropsWithRef,
  type ComponentType,
  type FormEvent,
  type ReactElement,
  useActionState,
  useState,
} from 'react'
import { TrackedForm } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { prop } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrived, arrivedNames, decisionsIn, verdicts } from '../support/verdicts.ts'
import file from './tracked-form.stories.tsx?raw'

const standard =
  'form_start, form_field, form_step, form_calendar, form_slot, form_submit, form_success, form_failure, form_abandon, form_resume'

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const send: FormProps['onSubmit'] = async (event) => {
  event.preventDefault()
  await wait(50)
}

/** One of its two shapes; the other is in the stories of `useTrackedForm`. */
interface FormProps extends Omit<ComponentPropsWithRef<'form'>, 'name' | 'onSubmit'> {
  name: string
  events?: { [fact: string]: string | { event: string; properties?: { [name: string]: string } } }
  properties?: { [name: string]: string }
  onSubmit?: (event: FormEvent) => unknown
  outcome?: (result: unknown) => 'success' | 'failure' | 'unknown'
  fieldName?: (name: string, element: Element | undefined) => string | null
  invalidFields?: () => readonly string[]
  acrossPages?: boolean
  form?: undefined
  render?: ReactElement
}

const fields = (
  <>
    <label>
      Work e-mail
      <input type="email" name="email" required autoComplete="off" />
    </label>
    <button type="submit">Get the guide</button>
  </>
)

const meta = preview.meta({
  title: 'Components/TrackedForm',
  component: TrackedForm as unknown as ComponentType<FormProps>,
  decorators: [tracked],
  parameters: { docs: { source: { transform: shownCode(file) } } },
  args: { name: 'guide', 'aria-label': 'Get the guide', onSubmit: send, children: fields },
  argTypes: {
    name: prop('string', 'GA4’s `form_name`. Required, unless `form` is given.'),
    events: {
      ...prop(
        '{ [fact]: event | { event, properties } }',
        `From facts to events of the plan. Default: the standard names that the plan has, of ${standard}.`,
      ),
      control: 'object',
    },
    properties: prop('{ [name]: value }', 'Joined to every fact.'),
    onSubmit: {
      ...prop(
        '(event) => unknown',
        'Return the promise of your request, and throw if `!response.ok`: how it ends is the outcome of the form.',
      ),
      control: false,
    },
    outcome: {
      ...prop(
        "(result) => 'success' | 'failure' | 'unknown'",
        'Judges what `onSubmit` or an action returned, or what its promise was fulfilled with. Default: a promise that waited, or was fulfilled with a value, is a success, unless a field is invalid or the value says otherwise (`false`, a `Response` that is not ok, `ok` or `success` false, `error`, `errors`, …); what is no promise, or is fulfilled with undefined at once, is unknown.',
      ),
      control: false,
    },
    fieldName: {
      ...prop(
        '(name, element) => string | null',
        'How a field is called in what is reported; null leaves it out. Default: its `name`, else its `id`.',
      ),
      control: false,
    },
    invalidFields: {
      ...prop(
        '() => string[]',
        'Names of the fields that a form library holds to be invalid: its adapter gives it.',
      ),
      control: false,
    },
    acrossPages: prop(
      'boolean',
      'One attempt for all forms of this name, on any page, until a success. It is abandoned with the document.',
      'false',
    ),
    action: {
      ...prop(
        '(data) => Promise | string',
        'A function is watched like `onSubmit`; an address is left alone.',
      ),
      control: false,
    },
    form: {
      ...prop('TrackedFormHandle', 'Of `useTrackedForm` in a parent, in place of the props above.'),
      control: false,
    },
    'aria-label': prop('string', 'Names the form for a screen reader, as on any form.'),
    render: {
      ...prop(
        'ReactElement | (props) => ReactNode',
        'Another element: a router’s form, or a function of the props.',
      ),
      control: false,
    },
    children: {
      ...prop('ReactNode', 'The fields. Every other prop of `<form>` passes through too.'),
      control: false,
    },
    ref: { ...prop('Ref<HTMLFormElement>', 'Filled with the element.'), control: false },
  },
})

/** Why: start, fields, submission and outcome of a form, without a line of tracking in its handlers. */
export const Playground = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
    await userEvent.click(canvas.getByRole('button', { name: 'Get the guide' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_success fired'))
    await expect(await arrivedNames(canvasElement)).toEqual([
      'form_start',
      'form_field',
      'form_submit',
      'form_success',
    ])
    await expect(JSON.stringify(await arrived(canvasElement))).not.toContain('ines')
  },
})

/** Why: what the browser refuses was a try as well, and says which form is hard to fill. */
export const Invalid = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines')
    await userEvent.click(canvas.getByRole('button', { name: 'Get the guide' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_failure fired'))
    const failure = (await arrived(canvasElement)).find(({ name }) => name === 'form_failure')
    await expect(failure?.properties).toMatchObject({ error_code: 'validation', invalid_fields: 1 })
    await expect(await arrivedNames(canvasElement)).not.toContain('form_submit')
  },
})

/** Why: an answer that is not ok is no conversion, although its promise is fulfilled. */
export const Refused = meta.story({
  args: {
    onSubmit: async (event) => {
      event.preventDefault()
      return new Response(null, { status: 422 })
    },
  },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
    await userEvent.click(canvas.getByRole('button', { name: 'Get the guide' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_failure fired'))
    await expect((await arrived(canvasElement)).at(-1)?.properties).toMatchObject({ error_code: 'http_422' })
    await expect(await arrivedNames(canvasElement)).not.toContain('form_success')
  },
})

/** Why: your own client has its own words for failure: `outcome` reads them. `{ error }` needs none. */
export const OwnOutcome = meta.story({
  args: {
    onSubmit: async (event) => {
      event.preventDefault()
      return { state: 'taken' }
    },
    outcome: (result) => (Object(result).state === 'taken' ? 'failure' : 'success'),
  },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
    await userEvent.click(canvas.getByRole('button', { name: 'Get the guide' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_failure fired'))
    await expect(await arrivedNames(canvasElement)).not.toContain('form_success')
  },
})

/** Why: an event of your own may need a property that no form knows. It is given beside the event, and checked with it. */
export const OwnEvents = meta.story({
  args: {
    events: {
      start: 'form_start',
      success: { event: 'guide_downloaded', properties: { guide: 'fair-rosters' } },
    },
  },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
    await userEvent.click(canvas.getByRole('button', { name: 'Get the guide' }))
    await waitFor(() =>
      expect(verdicts(canvasElement)).toEqual(['form_start fired', 'guide_downloaded fired']),
    )
    await expect((await arrived(canvasElement)).at(-1)?.properties).toEqual({ guide: 'fair-rosters' })
  },
})

/** Why: a handler that only starts a request knows nothing of its end. Without evidence there is no conversion. */
export const WithoutEvidence = meta.story({
  args: {
    onSubmit: (event) => {
      event.preventDefault()
      void wait(50)
    },
  },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
    await userEvent.click(canvas.getByRole('button', { name: 'Get the guide' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_submit fired'))
    await wait(200)
    await expect(await arrivedNames(canvasElement)).toEqual(['form_start', 'form_field', 'form_submit'])
  },
})

function WithActionState() {
  const [told, action] = useActionState(async (_: string, data: FormData) => {
    await wait(50)
    return data.get('seats') === '0' ? 'At least one seat.' : 'Reserved.'
  }, '')
  return (
    <TrackedForm name="seats" aria-label="Reserve seats" action={action}>
      <label>
        Seats
        <input name="seats" type="number" min="1" defaultValue="1" />
      </label>
      <button type="submit">Reserve</button>
      <p role="status">{told}</p>
    </TrackedForm>
  )
}

/** Why: the dispatch of `useActionState` returns nothing. Its outcome is unknown, and is not called a success. */
export const ActionWithoutOutcome = meta.story({
  render: () => <WithActionState />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Seats'), '2')
    await userEvent.click(canvas.getByRole('button', { name: 'Reserve' }))
    await canvas.findByText('Reserved.')
    await expect(verdicts(canvasElement)).toContain('form_submit fired')
    await expect(verdicts(canvasElement).join()).not.toMatch(/form_success|form_failure/)
  },
})

function Leaving() {
  const [shown, setShown] = useState(true)
  return (
    <>
      {shown && (
        <TrackedForm name="guide" aria-label="Get the guide" onSubmit={send}>
          {fields}
        </TrackedForm>
      )}
      <p>
        <button type="button" onClick={() => setShown(false)}>
          Leave
        </button>
      </p>
    </>
  )
}

/** Why: the last field that was touched is where people give up. */
export const Abandoned = meta.story({
  render: () => <Leaving />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
    await userEvent.click(canvas.getByRole('button', { name: 'Leave' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_abandon fired'))
    const [start, abandon] = ['form_start', 'form_abandon'].map((name) =>
      decisionsIn(canvasElement).find(({ event }) => event === name),
    )
    await expect(abandon?.properties).toMatchObject({ form_name: 'guide', last_field: 'email' })
    await expect(abandon?.trigger.attemptId).toBe(start?.trigger.attemptId)
  },
})

/** Why: focus is no interest yet. Nothing is reported before something is typed or chosen. */
export const OnlyFocused = meta.story({
  render: () => <Leaving />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByLabelText('Work e-mail'))
    await userEvent.click(canvas.getByRole('button', { name: 'Leave' }))
    await wait(100)
    await expect(verdicts(canvasElement)).toEqual([])
  },
})

/** Why: people press a slow button twice. That is one submission. */
export const SubmittedTwice = meta.story({
  args: {
    onSubmit: async (event) => {
      event.preventDefault()
      await wait(1_500)
    },
  },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
    await userEvent.dblClick(canvas.getByRole('button', { name: 'Get the guide' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_success fired'))
    const names = await arrivedNames(canvasElement)
    await expect(names.filter((name) => name === 'form_submit')).toHaveLength(1)
    await expect(names.filter((name) => name === 'form_success')).toHaveLength(1)
  },
})

/** Why: until the visitor agrees, the whole course of the form waits, in order. */
export const BeforeConsent = meta.story({
  parameters: tracking({ consent: 'pending' }),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
    await userEvent.click(canvas.getByRole('button', { name: 'Get the guide' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_success held: consent-pending'))
    await expect(await arrived(canvasElement)).toEqual([])
  },
})
