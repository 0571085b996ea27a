import { Field, Formik, type FormikHelpers, useFormik } from 'formik'
import { type ComponentProps, type FormEvent, useState } from 'react'
import { TrackedForm, useTrackedForm } from 'react-microconversions'
import { formikProps, useFormikSubmit } from 'react-microconversions/formik'
import { describe, expect, it, vi } from 'vitest'
import { formConformance, isEmail, TrialSteps, type WayProps } from '../../support/form-conformance.tsx'
import { field, guardForms, openForm, press, type } from '../../support/form-tracking.tsx'
import { deferred, sent } from '../react/plan.ts'

interface Trial {
  readonly email: string
  readonly company: string
}

function FormikForm({ send, onSent }: WayProps) {
  const [step, setStep] = useState(1)
  const submit = useFormikSubmit(async () => {
    if (step === 1) return setStep(2)
    await send()
    onSent?.()
  })
  const formik = useFormik<Trial>({
    initialValues: { email: '', company: '' },
    validate: ({ email, company }) => ({
      ...(!isEmail(email) && { email: 'no' }),
      ...(step === 2 && !company && { company: 'no' }),
    }),
    onSubmit: submit,
  })
  const { invalidFields, ...props } = formikProps(formik, submit)
  const form = useTrackedForm({ name: 'trial', invalidFields })
  return (
    <TrackedForm form={form} {...props} noValidate>
      <TrialSteps
        form={form}
        step={step}
        onBack={() => setStep(1)}
        email={<input aria-label="Email" {...formik.getFieldProps('email')} />}
        company={<input aria-label="Company" {...formik.getFieldProps('company')} />}
      />
    </TrackedForm>
  )
}

formConformance({ name: 'formik', Form: FormikForm, refusedBy: 'library' })

describe('formikProps', () => {
  guardForms()

  interface Order {
    readonly items: { readonly title: string }[]
  }

  type Submit = (values: Order, helpers: FormikHelpers<Order>) => unknown

  interface OrderProps {
    readonly onSubmit: Submit
    readonly validate?: (values: Order) => object | Promise<object>
  }

  const needsTitle = ({ items: [first] }: Order) => (first?.title ? {} : { items: [{ title: 'no' }] })

  function OrderForm({ onSubmit, validate = needsTitle }: OrderProps) {
    const submit = useFormikSubmit(onSubmit as (...given: Parameters<Submit>) => Promise<unknown>)
    return (
      <Formik initialValues={{ items: [{ title: '' }] }} validate={validate} onSubmit={submit}>
        {(formik) => (
          <TrackedForm name="order" {...formikProps(formik, submit)}>
            <Field aria-label="Title" name="items[0].title" />
            <button type="reset">Reset</button>
            <button type="submit">Send</button>
          </TrackedForm>
        )}
      </Formik>
    )
  }

  /** Of a component library: it validates, and then calls the handler without an event. */
  function OwnForm({ onSubmit, ...rest }: ComponentProps<'form'>) {
    const submit = (event: FormEvent) => {
      event.preventDefault()
      onSubmit?.(undefined as never)
    }
    return <form {...rest} onSubmit={submit} />
  }

  it('submits where the element of the form passes no event', async () => {
    const save = vi.fn(sent)
    function Order() {
      const submit = useFormikSubmit(save)
      const formik = useFormik({ initialValues: {}, onSubmit: submit })
      return (
        <TrackedForm name="order" {...formikProps(formik, submit)} render={<OwnForm />}>
          <button type="submit">Send</button>
        </TrackedForm>
      )
    }
    const tracking = openForm(<Order />)
    await press('Send')
    await tracking.expectNames('start', 'submit', 'success')
    expect(save).toHaveBeenCalledOnce()
  })

  it('is the form of `<Formik>`: submitted with its values, and reset', async () => {
    const onSubmit = vi.fn(sent)
    const { expectNames, of } = openForm(<OrderForm onSubmit={onSubmit} />)
    await press('Send')
    await expectNames('start', 'submit', 'failure')
    // The field's own name, which Formik's errors write in another way.
    expect(await of('failure')).toMatchObject([{ invalid_fields: 1, invalid_field_names: 'items[0].title' }])
    await type('Title', 'one')
    await press('Send')
    await expectNames('start', 'submit', 'failure', 'field', 'submit', 'success')
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith({ items: [{ title: 'one' }] }, expect.anything())
    await press('Reset')
    await expect.element(field('Title')).toHaveValue('')
  })

  it('is unknown without a promise: Formik itself does not know when it is done', async () => {
    const { expectNames } = openForm(<OrderForm onSubmit={(_, { setSubmitting }) => setSubmitting(false)} />)
    await type('Title', 'one')
    await press('Send')
    await expectNames('start', 'field', 'submit')
  })

  const errorsOfFormik: readonly [string, (helpers: FormikHelpers<Order>) => unknown, object][] = [
    ['setErrors', ({ setErrors }) => setErrors({ items: 'taken' }), { invalid_field_names: 'items' }],
    [
      'setErrors of no field',
      ({ setErrors }) => setErrors({ form: 'x' } as object),
      { error_code: 'validation' },
    ],
    [
      'setFieldError',
      ({ setFieldError }) => setFieldError('items[0].title', 'taken'),
      { invalid_field_names: 'items[0].title' },
    ],
    ['setStatus', ({ setStatus }) => setStatus({ error: { code: 'sold_out' } }), { error_code: 'sold_out' }],
    ['setStatus of the server', ({ setStatus }) => setStatus({ serverError: 'x' }), { error_code: 'error' }],
    ['setStatus with errors', ({ setStatus }) => setStatus({ errors: ['x'] }), { error_code: 'error' }],
  ]

  it('succeeds with an error in the status that is gone, or of the submission before', async () => {
    const answers = [{ error: 'x' }, undefined, { saved: true }]
    const { expectNames } = openForm(
      <OrderForm
        onSubmit={async (_, { setStatus }) => {
          await sent()
          const status = answers.shift()
          if (status) setStatus(status)
        }}
      />,
    )
    await type('Title', 'one')
    await press('Send')
    await expectNames('start', 'field', 'submit', 'failure')
    await press('Send')
    await expectNames('start', 'field', 'submit', 'failure', 'submit', 'success')
  })

  it.each<[string, Submit, object]>([
    ['a response', async () => new Response(null, { status: 409 }), { error_code: 'http_409' }],
    [
      'an error that it sets',
      async (_, { setErrors }) => setErrors({ items: 'taken' }),
      { error_code: 'validation', invalid_field_names: 'items' },
    ],
    ['what it throws', () => Promise.reject(new RangeError('one')), { error_code: 'RangeError' }],
    ...errorsOfFormik.map(([name, set, failure]): [string, Submit, object] => [
      `${name} after the answer`,
      (_, helpers) => sent().then(() => void set(helpers)),
      failure,
    ]),
    ...errorsOfFormik.map(([name, set, failure]): [string, Submit, object] => [
      `${name} at once`,
      async (_, helpers) => void set(helpers),
      failure,
    ]),
    [
      'what it throws at once',
      () => {
        throw new RangeError('one')
      },
      { error_code: 'RangeError' },
    ],
  ])('fails with %s', async (_, onSubmit, failure) => {
    const { expectNames, of } = openForm(<OrderForm onSubmit={onSubmit} />)
    await type('Title', 'one')
    await press('Send')
    await expectNames('start', 'field', 'submit', 'failure')
    expect(await of('failure')).toMatchObject([failure])
  })

  it('fails when it is found invalid although the form is gone, and one before has succeeded', async () => {
    const found = deferred<object>()
    let asked = false
    const ui = <OrderForm onSubmit={sent} validate={() => (asked ? found.promise : Promise.resolve({}))} />
    const tracking = openForm(ui)
    await press('Send')
    await tracking.expectNames('start', 'submit', 'success')
    asked = true
    await press('Send')
    tracking.rerender(<p>gone</p>)
    found.resolve({ items: [{ title: 'no' }] })
    await tracking.expectNames('start', 'submit', 'success', 'start', 'submit', 'failure', 'abandon')
    expect(await tracking.of('failure')).toMatchObject([{ error_code: 'validation' }])
  })

  it('fails although the form is gone, where Formik fulfils its promise', async () => {
    const { promise, reject } = deferred<void>()
    const tracking = openForm(<OrderForm onSubmit={() => promise} />)
    await type('Title', 'one')
    await press('Send')
    await tracking.expectNames('start', 'field', 'submit')
    tracking.rerender(<p>thanks, already</p>)
    reject(new RangeError('late'))
    await tracking.expectNames('start', 'field', 'submit', 'failure', 'abandon')
  })
})
