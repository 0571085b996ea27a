import { useForm as useTanstackForm } from '@tanstack/react-form'
import { useFormik } from 'formik'
import { type ComponentType, useActionState, useState } from 'react'
import { useFormStatus } from 'react-dom'
import { useForm } from 'react-hook-form'
import { type FormOutcome, TrackedForm, useTrackedForm } from 'react-microconversions'
import { formikProps, useFormikSubmit } from 'react-microconversions/formik'
import { hookFormProps } from 'react-microconversions/react-hook-form'
import { tanstackFormProps } from 'react-microconversions/tanstack-form'
import { expectFired } from 'react-microconversions/testing'
import { describe, expect, it, vi } from 'vitest'
import { guardForms, openForm, press } from '../../support/form-tracking.tsx'
import { deferred, sent } from '../react/plan.ts'

interface WayProps {
  /** The application's own handler. */
  readonly save: () => unknown
  readonly outcome?: ((result: unknown) => FormOutcome) | undefined
  /** Takes time, where a library validates. */
  readonly validate?: (() => Promise<void>) | undefined
}

const atOnce = async () => {}

function StatusButton() {
  return <button type="submit">{useFormStatus().pending ? 'Send …' : 'Send'}</button>
}

function Uncontrolled({ save, outcome }: WayProps) {
  return (
    <TrackedForm name="demo" outcome={outcome} onSubmit={save}>
      <input name="email" defaultValue="a" />
      <StatusButton />
    </TrackedForm>
  )
}

function Controlled({ save, outcome }: WayProps) {
  const [email, setEmail] = useState('a')
  const form = useTrackedForm({ name: 'demo', outcome })
  return (
    <form ref={form.ref} onSubmit={form.handleSubmit(save)}>
      <input name="email" value={email} onChange={(event) => setEmail(event.target.value)} />
      <StatusButton />
    </form>
  )
}

function FormAction({ save, outcome }: WayProps) {
  return (
    <TrackedForm name="demo" outcome={outcome} action={save as () => void}>
      <input name="email" defaultValue="a" />
      <StatusButton />
    </TrackedForm>
  )
}

function ActionState({ save, outcome }: WayProps) {
  const form = useTrackedForm({ name: 'demo', outcome })
  const [, action] = useActionState(
    form.trackAction((_: unknown, _data: FormData) => save()),
    undefined,
  )
  return (
    <TrackedForm form={form} action={action}>
      <input name="email" defaultValue="a" />
      <StatusButton />
    </TrackedForm>
  )
}

function ReactHookForm({ save, outcome, validate = atOnce }: WayProps) {
  const form = useForm({ defaultValues: { email: 'a' } })
  return (
    <TrackedForm name="demo" outcome={outcome} {...hookFormProps(form, save)}>
      <input {...form.register('email', { validate: () => validate().then(() => true) })} />
      <StatusButton />
    </TrackedForm>
  )
}

function TanStackForm({ save, outcome, validate = atOnce }: WayProps) {
  const form = useTanstackForm({
    defaultValues: { email: 'a' },
    validators: { onSubmitAsync: () => validate() },
    onSubmit: save,
  })
  return (
    <TrackedForm name="demo" outcome={outcome} {...tanstackFormProps(form)}>
      <form.Field name="email">
        {(field) => <input name={field.name} value={field.state.value} onChange={() => {}} />}
      </form.Field>
      {/* Re-renders nothing but itself, and the options are set anew by each render of the form. */}
      <form.Subscribe selector={({ isSubmitting }) => isSubmitting}>
        {(isSubmitting) => <button type="submit">{isSubmitting ? 'Send …' : 'Send'}</button>}
      </form.Subscribe>
    </TrackedForm>
  )
}

function TanStackWithoutField({ save, outcome }: WayProps) {
  const [sends, setSends] = useState(0)
  const form = useTanstackForm({
    onSubmit: () => {
      setSends(sends + 1)
      return save()
    },
  })
  return (
    <TrackedForm name="demo" outcome={outcome} {...tanstackFormProps(form)}>
      <input name="email" defaultValue="a" />
      <StatusButton />
    </TrackedForm>
  )
}

function FormikForm({ save, outcome, validate = atOnce }: WayProps) {
  const submit = useFormikSubmit(save as () => Promise<unknown>)
  const formik = useFormik({
    initialValues: { email: 'a' },
    validate: () => validate().then(() => ({})),
    onSubmit: submit,
  })
  return (
    <TrackedForm name="demo" outcome={outcome} {...formikProps(formik, submit)}>
      <input {...formik.getFieldProps('email')} />
      <StatusButton />
    </TrackedForm>
  )
}

const ways: Record<string, ComponentType<WayProps>> = {
  uncontrolled: Uncontrolled,
  controlled: Controlled,
  'an action': FormAction,
  'an action with useActionState': ActionState,
  'react-hook-form': ReactHookForm,
  '@tanstack/react-form': TanStackForm,
  '@tanstack/react-form without a field of its own': TanStackWithoutField,
  formik: FormikForm,
}

async function microtasks() {
  for (let i = 0; i < 200; i++) await undefined
}

const mark = () => document.querySelector('form')?.firstElementChild?.setAttribute('aria-invalid', 'true')

describe.each(Object.entries(ways))('%s', (_, Form) => {
  guardForms()

  async function submit(props: WayProps) {
    const tracking = openForm(<Form {...props} />)
    await press('Send')
    return tracking
  }

  it.each<[string, () => unknown, RegExp]>([
    [
      'returns nothing, while the request is under way',
      () => void sent(),
      /handler returned undefined, and no promise/,
    ],
    ['returns at once', async () => {}, /fulfilled at once, before it could wait/],
    ['returns null at once', async () => null, /fulfilled at once, .* with undefined, null/],
    ['returns after microtasks alone', microtasks, /fulfilled at once, before it could wait/],
    [
      'is a mock that resolves',
      vi.fn().mockResolvedValue(undefined),
      /fulfilled at once, before it could wait/,
    ],
    ['returns a plain value', () => ({ ok: true }), /returned a plain value/],
  ])('has no outcome when its handler %s, and says why', async (_, save, why) => {
    const tracking = await submit({ save })
    await tracking.expectNames('start', 'submit')
    expect(() => expectFired(tracking, 'form_success')).toThrow(why)
    expect(() => expectFired(tracking, 'form_success')).toThrow(/Return a promise.+`outcome`.+succeed\(\)/)
    expect(tracking.tracker.record.get().unknownOutcomes).toMatchObject([
      { form: 'demo', event: 'form_success', attemptId: tracking.decisions()[0]?.trigger.attemptId },
    ])
    tracking.rerender(<p>gone</p>)
    await tracking.expectNames('start', 'submit')
  })

  it.each<[string, () => unknown]>([
    ['waits for the answer', () => sent()],
    ['waits in the middle', () => microtasks().then(sent).then(microtasks)],
    ['returns a value at once', async () => ({ ok: true })],
    ['returns a response', async () => new Response(null, { status: 201 })],
  ])('succeeds when its handler %s', async (_, save) => {
    const { expectNames } = await submit({ save })
    await expectNames('start', 'submit', 'success')
  })

  it.each<[string, unknown, string]>([
    ['a response that is not ok', new Response(null, { status: 500 }), 'http_500'],
    ['an error beside data', { data: null, error: { code: 'taken' } }, 'taken'],
    ['a rejected thunk', { type: 'login/rejected', meta: { requestStatus: 'rejected' } }, 'error'],
    ['success: false', { success: false }, 'error'],
    ['errors', { errors: { email: ['no'] } }, 'error'],
    ['an error of the server', { serverError: 'no' }, 'error'],
    ['false', false, 'error'],
    ['an error by another name', { emailError: 'Taken' }, 'error'],
    ['a body that says so', { status: 200, data: { success: false } }, 'error'],
    ['a state in a word', { type: 'error', message: 'Sold out' }, 'error'],
    ['one of several answers that is not ok', [new Response(), new Response(null, { status: 500 })], 'error'],
  ])('fails when its promise is fulfilled with %s', async (_, value, error_code) => {
    const { expectNames, of } = await submit({ save: () => sent().then(() => value) })
    await expectNames('start', 'submit', 'failure')
    expect(await of('failure')).toMatchObject([{ error_code }])
  })

  it('sends once what its handler returns, where that is sent whenever it is awaited', async () => {
    const then = vi.fn((done: (value: object) => void) => void sent().then(() => done({ error: null })))
    const { expectNames } = await submit({ save: () => ({ then }) })
    await expectNames('start', 'submit', 'success')
    expect(then).toHaveBeenCalledTimes(1)
  })

  it('fails when its handler marks a field, whether it waits or not', async () => {
    for (const save of [mark, async () => mark(), () => sent().then(mark)]) {
      const { expectNames, of, unmount } = await submit({ save })
      await expectNames('start', 'submit', 'failure')
      expect(await of('failure')).toMatchObject([{ error_code: 'validation', invalid_field_names: 'email' }])
      unmount()
    }
  })

  it('is judged by `outcome`, also where nothing was awaited', async () => {
    const outcome = vi.fn((value: unknown) => (value === 'saved' ? 'success' : 'failure') as FormOutcome)
    const { expectNames } = await submit({ save: () => 'saved', outcome })
    await expectNames('start', 'submit', 'success')
    expect(outcome.mock.calls).toEqual([['saved']])
  })
})

describe.each([
  ['react-hook-form', ReactHookForm],
  ['@tanstack/react-form', TanStackForm],
  ['formik', FormikForm],
])('%s', (_, Form) => {
  guardForms()

  it('has no evidence in the time that validation takes', async () => {
    const { expectNames } = openForm(<Form save={() => undefined} validate={sent} />)
    await press('Send')
    await expectNames('start', 'submit')
  })

  it('has none in a handler that returns at once after it', async () => {
    const { expectNames } = openForm(<Form save={async () => {}} validate={sent} />)
    await press('Send')
    await expectNames('start', 'submit')
  })

  it('follows the first of two submissions, whatever becomes of the second', async () => {
    const first = deferred<object>()
    const answers = [first.promise, Promise.resolve({ ok: false })]
    const { expectNames } = openForm(<Form save={() => answers.shift()} />)
    const form = document.querySelector('form')
    form?.requestSubmit()
    form?.requestSubmit()
    first.resolve({ ok: true })
    await expectNames('start', 'submit', 'success')
  })
})
