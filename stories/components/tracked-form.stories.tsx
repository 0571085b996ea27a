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
import { beside, tracking } from '../support/beside.tsx'
import { prop } from '../support/rows.ts'
import { arrived, arrivedNames, decisionsIn, verdicts } from '../support/verdicts.ts'

const standard =
  'form_start, form_field, form_step, form_calendar, form_slot, form_submit, form_success, form_failure, form_abandon, form_resume'

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function send(event: FormEvent) {
  event.preventDefault()
  await wait(50)
}

async function sendSlowly(event: FormEvent) {
  event.preventDefault()
  await wait(1_500)
}

async function refuse(event: FormEvent) {
  event.preventDefault()
  return new Response(null, { status: 422 })
}

async function reserve(event: FormEvent) {
  event.preventDefault()
  return { state: 'taken' }
}

const outcomeOf = (result: unknown) => (Object(result).state === 'taken' ? 'failure' : 'success')

function sendWithoutPromise(event: FormEvent) {
  event.preventDefault()
  void wait(50)
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
  decorators: [beside],
  args: {
    name: 'guide',
    'aria-label': 'Get the guide',
    onSubmit: send as (event: FormEvent) => unknown,
    children: fields,
  },
  argTypes: {
    name: prop('string', 'Name of the form, reported as `form_name`. Required unless `form` is given.'),
    events: {
      ...prop(
        '{ [fact]: event | { event, properties } }',
        `Events of the plan by fact. Only the facts that it names are reported. Default: the standard events that the plan has, of ${standard}.`,
      ),
      control: 'object',
    },
    properties: prop('{ [property: string]: PropertyValue }', 'Properties that are added to every fact.'),
    onSubmit: {
      ...prop(
        '(event) => unknown',
        'Your handler. Return the promise of your request, and throw if `!response.ok`: the promise decides the outcome of the form.',
      ),
      control: false,
    },
    outcome: {
      ...prop(
        "(result) => 'success' | 'failure' | 'unknown'",
        'Decides the outcome from the value that `onSubmit` or an action returned, or with which its promise was fulfilled. Default: a promise that waited, or was fulfilled with a value, is a success, unless a field is invalid or the value reports a failure (`false`, a `Response` that is not ok, `ok` or `success` false, `error`, `errors`, …). Everything else is unknown.',
      ),
      control: false,
    },
    fieldName: {
      ...prop(
        '(name, element) => string | null',
        'Returns the reported name of a field, or null to leave the field out. Default: its `name`, or else its `id`.',
      ),
      control: false,
    },
    invalidFields: {
      ...prop(
        '() => string[]',
        'Names of the fields that a form library considers invalid. The adapter of the library passes it.',
      ),
      control: false,
    },
    acrossPages: prop(
      'boolean',
      'True if all forms of this name, on any page, are one form until it succeeds. It is abandoned when the document ends.',
      'false',
    ),
    action: {
      ...prop(
        '(data) => Promise | string',
        'A function, whose promise decides the outcome as that of `onSubmit` does, or an address, which is passed on unchanged.',
      ),
      control: false,
    },
    form: {
      ...prop('TrackedFormHandle', 'Handle of `useTrackedForm` in a parent, in place of the props above.'),
      control: false,
    },
    'aria-label': prop('string', 'Name of the form for screen readers.'),
    render: {
      ...prop(
        'ReactElement | ((props) => ReactNode)',
        'Element to render in place of `<form>`: a form of your router, or a function of the props.',
      ),
      control: false,
    },
    children: {
      ...prop('ReactNode', 'Fields of the form. All other props of `<form>` are passed on.'),
      control: false,
    },
    ref: { ...prop('Ref<HTMLFormElement>', 'Receives the element.'), control: false },
  },
})

/** Reports start, fields, submission and outcome of a form. The handler contains no tracking code. */
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

/** Reports a failure if the browser refuses to submit the form. Many of these show that the form is hard to fill in. */
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

/** Reports a failure for a response that is not ok, although its promise is fulfilled. */
export const Refused = meta.story({
  args: { onSubmit: refuse },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
    await userEvent.click(canvas.getByRole('button', { name: 'Get the guide' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_failure fired'))
    await expect((await arrived(canvasElement)).at(-1)?.properties).toMatchObject({ error_code: 'http_422' })
    await expect(await arrivedNames(canvasElement)).not.toContain('form_success')
  },
})

/** Uses `outcome` to read the answer of your own client. An answer with `{ error }` needs no `outcome`. */
export const OwnOutcome = meta.story({
  args: { onSubmit: reserve, outcome: outcomeOf },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
    await userEvent.click(canvas.getByRole('button', { name: 'Get the guide' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_failure fired'))
    await expect(await arrivedNames(canvasElement)).not.toContain('form_success')
  },
})

/** Maps a fact to an event of your own that requires one more property. The property is given beside the event, and checked with it. */
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

/** Has an unknown outcome, because the handler starts a request and returns nothing. Without evidence, no success is reported. */
export const WithoutEvidence = meta.story({
  args: { onSubmit: sendWithoutPromise },
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

/** Has an unknown outcome, because the dispatch function of `useActionState` returns nothing. `trackAction` of `useTrackedForm` solves this. */
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

/** Reports an abandoned form with the last field that the user touched. */
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

/** Reports no start for focus alone. A form starts when the user types or chooses something. */
export const OnlyFocused = meta.story({
  render: () => <Leaving />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByLabelText('Work e-mail'))
    await userEvent.click(canvas.getByRole('button', { name: 'Leave' }))
    await wait(100)
    await expect(verdicts(canvasElement)).toEqual([])
  },
})

/** Counts one submission if the user presses a slow button twice. */
export const SubmittedTwice = meta.story({
  args: { onSubmit: sendSlowly },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
    await userEvent.dblClick(canvas.getByRole('button', { name: 'Get the guide' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_success fired'))
    const names = await arrivedNames(canvasElement)
    await expect(names.filter((name) => name === 'form_submit')).toHaveLength(1)
    await expect(names.filter((name) => name === 'form_success')).toHaveLength(1)
  },
})

/** Holds all events of the form, in order, until the user grants consent. */
export const BeforeConsent = meta.story({
  parameters: tracking({ consent: 'pending' }),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines@example.com')
    await userEvent.click(canvas.getByRole('button', { name: 'Get the guide' }))
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_success held: consent-pending'))
    await expect(await arrived(canvasElement)).toEqual([])
  },
})
