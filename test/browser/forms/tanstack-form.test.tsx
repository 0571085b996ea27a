import { useForm } from '@tanstack/react-form'
import { type ComponentProps, type FormEvent, useState } from 'react'
import { TrackedForm, useTrackedForm } from 'react-microconversions'
import { tanstackFormProps } from 'react-microconversions/tanstack-form'
import { describe, expect, it, vi } from 'vitest'
import { formConformance, isEmail, TrialSteps, type WayProps } from '../../support/form-conformance.tsx'
import { guardForms, openForm, press, type } from '../../support/form-tracking.tsx'
import { sent } from '../react/plan.ts'

function TanstackForm({ send, onSent }: WayProps) {
  const [step, setStep] = useState(1)
  const tanstack = useForm({
    defaultValues: { email: '', company: '' },
    onSubmit: async () => {
      if (step === 1) return setStep(2)
      await send()
      onSent?.()
    },
  })
  const { onSubmit, invalidFields } = tanstackFormProps(tanstack)
  const form = useTrackedForm({ name: 'trial', invalidFields })
  const input = (name: 'email' | 'company', label: string, isValid: (value: string) => boolean) => (
    <tanstack.Field
      name={name}
      validators={{
        onBlur: ({ value }) => (isValid(value) ? undefined : 'no'),
        onSubmit: ({ value }) => (isValid(value) ? undefined : 'no'),
      }}
    >
      {(field) => (
        <input
          aria-label={label}
          name={field.name}
          value={field.state.value}
          onBlur={field.handleBlur}
          onChange={(event) => field.handleChange(event.target.value)}
        />
      )}
    </tanstack.Field>
  )
  return (
    <TrackedForm form={form} onSubmit={onSubmit} noValidate>
      <TrialSteps
        form={form}
        step={step}
        onBack={() => setStep(1)}
        email={input('email', 'Email', isEmail)}
        company={input('company', 'Company', Boolean)}
      />
    </TrackedForm>
  )
}

formConformance({ name: '@tanstack/react-form', Form: TanstackForm, refusedBy: 'library' })

describe('tanstackFormProps', () => {
  guardForms()

  interface OrderProps {
    readonly canSubmitWhenInvalid?: boolean
    readonly onSubmit: (form: { setFieldMeta: (name: 'items[0].title', update: unknown) => void }) => unknown
  }

  function Order({ canSubmitWhenInvalid = false, onSubmit }: OrderProps) {
    const form = useForm({
      defaultValues: { items: [{ title: '' }] },
      canSubmitWhenInvalid,
      onSubmit: async ({ formApi }) => {
        await onSubmit(formApi as never)
      },
    })
    return (
      <TrackedForm name="order" {...tanstackFormProps(form)}>
        <form.Field
          name="items[0].title"
          validators={{ onChange: ({ value }) => (value ? undefined : 'no') }}
        >
          {(field) => (
            <input
              aria-label="Title"
              name={field.name}
              value={field.state.value}
              onChange={(event) => field.handleChange(event.target.value)}
            />
          )}
        </form.Field>
        <button type="submit">Send</button>
      </TrackedForm>
    )
  }

  it.each([false, true])('fails while a field is invalid; canSubmitWhenInvalid: %s', async (whenInvalid) => {
    const onSubmit = vi.fn(sent)
    const { expectNames, of } = openForm(<Order canSubmitWhenInvalid={whenInvalid} onSubmit={onSubmit} />)
    await press('Send')
    await press('Send')
    await expectNames('start', 'submit', 'failure', 'submit', 'failure')
    expect(await of('failure')).toMatchObject(
      Array(2).fill({ error_code: 'validation', invalid_field_names: 'items[0].title' }),
    )
    expect(onSubmit).not.toHaveBeenCalled()
    await type('Title', 'one')
    await press('Send')
    await expectNames('start', 'submit', 'failure', 'submit', 'failure', 'field', 'submit', 'success')
  })

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
      const form = useForm({ defaultValues: {}, onSubmit: save })
      return (
        <TrackedForm name="order" {...tanstackFormProps(form)} render={<OwnForm />}>
          <button type="submit">Send</button>
        </TrackedForm>
      )
    }
    const tracking = openForm(<Order />)
    await press('Send')
    await tracking.expectNames('start', 'submit', 'success')
    expect(save).toHaveBeenCalledOnce()
  })

  it('fails when the handler sets an error', async () => {
    const { expectNames, of } = openForm(
      <Order
        onSubmit={(form) =>
          form.setFieldMeta('items[0].title', (meta: { errorMap: object }) => ({
            ...meta,
            errorMap: { ...meta.errorMap, onSubmit: 'taken' },
          }))
        }
      />,
    )
    await type('Title', 'one')
    await press('Send')
    await expectNames('start', 'field', 'submit', 'failure')
    expect(await of('failure')).toMatchObject([{ error_code: 'validation', invalid_fields: 1 }])
  })

  it.each<[string, object]>([
    ['the form', { onSubmit: 'closed' }],
    ['the server', { onServer: 'closed' }],
    ['the form, beside those of its fields', { onSubmit: { form: 'closed', fields: { title: 'taken' } } }],
    ['a field', { onSubmit: { fields: { title: 'taken' } } }],
  ])('fails with an error of %s that the handler sets after the answer', async (_, errors) => {
    function Whole() {
      const form = useForm({
        defaultValues: { title: '' },
        canSubmitWhenInvalid: true,
        onSubmit: async ({ formApi }) => {
          await sent()
          formApi.setErrorMap(errors)
        },
      })
      return (
        <TrackedForm name="order" {...tanstackFormProps(form)}>
          <form.Field name="title">
            {(field) => <input name={field.name} value={field.state.value} onChange={() => {}} />}
          </form.Field>
          <button type="submit">Send</button>
        </TrackedForm>
      )
    }
    const { expectNames } = openForm(<Whole />)
    await press('Send')
    await expectNames('start', 'submit', 'failure')
  })

  it('fails with an error of the form itself, which no field has', async () => {
    function Whole() {
      const form = useForm({ defaultValues: { title: '' }, validators: { onSubmit: () => 'closed' } })
      return (
        <TrackedForm name="order" {...tanstackFormProps(form)}>
          <button type="submit">Send</button>
        </TrackedForm>
      )
    }
    const { expectNames, of } = openForm(<Whole />)
    await press('Send')
    await expectNames('start', 'submit', 'failure')
    expect(await of('failure')).toMatchObject([{ error_code: 'validation', invalid_fields: 0 }])
  })
})
