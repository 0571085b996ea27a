import { useState } from 'react'
import { type UseFormReturn, useFieldArray, useForm } from 'react-hook-form'
import { TrackedForm, useTrackedForm } from 'react-microconversions'
import { hookFormProps } from 'react-microconversions/react-hook-form'
import { describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { formConformance, isEmail, TrialSteps, type WayProps } from '../../support/form-conformance.tsx'
import { field, guardForms, openForm, press, type } from '../../support/form-tracking.tsx'
import { sent, soon } from '../react/plan.ts'

function HookForm({ send, onSent }: WayProps) {
  const [step, setStep] = useState(1)
  const hookForm = useForm({ mode: 'onBlur', defaultValues: { email: '', company: '' } })
  const props = hookFormProps(hookForm, async () => {
    if (step === 1) return setStep(2)
    try {
      await send()
      onSent?.()
    } catch (error) {
      hookForm.setError('root.server', { type: (error as { code: string }).code })
    }
  })
  const form = useTrackedForm({ name: 'trial', invalidFields: props.invalidFields })
  return (
    <TrackedForm form={form} onSubmit={props.onSubmit} noValidate>
      <TrialSteps
        form={form}
        step={step}
        onBack={() => setStep(1)}
        email={<input aria-label="Email" {...hookForm.register('email', { validate: isEmail })} />}
        company={
          // Registered is required, also before its step.
          step === 2 && <input aria-label="Company" {...hookForm.register('company', { required: true })} />
        }
      />
    </TrackedForm>
  )
}

formConformance({ name: 'react-hook-form', Form: HookForm, refusedBy: 'library' })

describe('hookFormProps', () => {
  guardForms()

  interface Order {
    email: string
    items: { title: string }[]
  }

  it('calls the handlers of the newest render, with the data, and `onInvalid` with the errors', async () => {
    const saved: unknown[] = []
    const refused: unknown[] = []
    function Order() {
      const [tries, setTries] = useState(0)
      const form = useForm({ defaultValues: { email: '' } })
      const props = hookFormProps(
        form,
        ({ email }) => {
          saved.push([tries, email])
          return sent()
        },
        ({ email }) => {
          refused.push([tries, email?.type])
          setTries(tries + 1)
        },
      )
      return (
        <TrackedForm name="order" {...props}>
          <input aria-label="Email" {...form.register('email', { required: true })} />
          <button type="submit">Send</button>
        </TrackedForm>
      )
    }
    const { expectNames } = openForm(<Order />)
    await press('Send')
    await press('Send')
    await type('Email', 'ada@example.com')
    await press('Send')
    await expectNames('start', 'submit', 'failure', 'submit', 'failure', 'field', 'submit', 'success')
    expect(refused).toEqual([
      [0, 'required'],
      [1, 'required'],
    ])
    expect(saved).toEqual([[2, 'ada@example.com']])
  })

  it.each<[string, (form: UseFormReturn<Order>) => unknown, object]>([
    ['a response that is not ok', () => new Response(null, { status: 503 }), { error_code: 'http_503' }],
    [
      'an error of a field',
      (form) => form.setError('items.0.title', { type: 'taken', message: 'ada@example.com' }),
      { error_code: 'validation', invalid_fields: 1, invalid_field_names: 'items.0.title' },
    ],
    [
      'an error of a list',
      (form) => form.setError('items.root' as 'items', { type: 'few' }),
      { error_code: 'validation', invalid_field_names: 'items' },
    ],
    ['an error of the form', (form) => form.setError('root', { message: 'x' }), { error_code: 'error' }],
    [
      'an error of the server',
      (form) => form.setError('root.serverError', { type: '409' }),
      { error_code: '409' },
    ],
    [
      'an error of a field that is not there',
      (form) => form.setError('company' as 'email', { message: 'x' }),
      { error_code: 'validation' },
    ],
    ['a rejection', () => Promise.reject(new TypeError('ada@example.com')), { error_code: 'TypeError' }],
  ])('fails with %s, although its promise is fulfilled', async (_, save, failure) => {
    function Order() {
      const form = useForm<Order>({ defaultValues: { email: '', items: [{ title: '' }] } })
      return (
        <TrackedForm name="order" {...hookFormProps(form, async () => save(form))}>
          <input aria-label="Email" {...form.register('email')} />
          <input aria-label="Title" {...form.register('items.0.title')} />
          <button type="submit">Send</button>
        </TrackedForm>
      )
    }
    const { expectNames, of, arrived } = openForm(<Order />)
    await press('Send')
    await expectNames('start', 'submit', 'failure')
    expect(await of('failure')).toMatchObject([failure])
    expect(JSON.stringify(await arrived())).not.toContain('ada@')
  })

  it.each<[string, (form: UseFormReturn<Order>) => void]>([
    ['a field', (form) => form.setError('email', { type: 'taken' })],
    ['the form', (form) => form.setError('root', { type: 'closed' })],
    ['the server', (form) => form.setError('root.serverError', { message: 'x' })],
  ])('fails with an error of %s that is set after the answer', async (_, set) => {
    function Order() {
      const form = useForm<Order>({ defaultValues: { email: '', items: [] } })
      return (
        <TrackedForm name="order" {...hookFormProps(form, () => sent().then(() => set(form)))}>
          <input aria-label="Email" {...form.register('email')} />
          <button type="submit">Send</button>
        </TrackedForm>
      )
    }
    const { expectNames } = openForm(<Order />)
    await press('Send')
    await expectNames('start', 'submit', 'failure')
    await press('Send')
    await expectNames('start', 'submit', 'failure', 'submit', 'failure')
  })

  it('succeeds when the handler resets the form', async () => {
    function Order() {
      const form = useForm({ defaultValues: { email: '' } })
      return (
        <TrackedForm name="order" {...hookFormProps(form, () => sent().then(() => form.reset()))}>
          <input aria-label="Email" {...form.register('email', { required: true })} />
          <button type="submit">Send</button>
        </TrackedForm>
      )
    }
    const { expectNames } = openForm(<Order />)
    await type('Email', 'ada@example.com')
    await press('Send')
    await expect.element(field('Email')).toHaveValue('')
    await expectNames('start', 'field', 'submit', 'success')
  })

  it('counts the rows of a list that are there', async () => {
    function Order() {
      const form = useForm<Order>({ defaultValues: { items: [{ title: '' }] } })
      const items = useFieldArray({ control: form.control, name: 'items' })
      return (
        <TrackedForm name="order" {...hookFormProps(form, sent)}>
          {items.fields.map(({ id }, index) => (
            <input key={id} aria-label={`Title ${index}`} {...form.register(`items.${index}.title`)} />
          ))}
          <button type="button" onClick={() => items.append({ title: '' }, { shouldFocus: false })}>
            Add
          </button>
          <button type="button" onClick={() => items.remove(1)}>
            Remove
          </button>
          <button type="submit">Send</button>
        </TrackedForm>
      )
    }
    const { expectNames, of } = openForm(<Order />)
    await press('Add')
    await press('Add')
    await type('Title 0', 'one')
    await type('Title 2', 'three')
    await press('Remove')
    await press('Send')
    await expectNames('start', 'field', 'field', 'submit', 'success')
    expect(await of('success')).toMatchObject([
      { fields_total: 2, fields_completed: 1, completion_percent: 50 },
    ])
  })

  it('re-renders nobody: it reads no state that a component would follow', async () => {
    let renders = 0
    function Watched({ tracked }: { tracked: boolean }) {
      renders += 1
      const form = useForm({ mode: 'onChange', defaultValues: { email: '' } })
      const props = tracked
        ? hookFormProps(form, () => {})
        : { onSubmit: form.handleSubmit(() => {}), invalidFields: () => [] }
      return (
        <TrackedForm name="order" {...props}>
          <input aria-label="Email" {...form.register('email', { validate: isEmail })} />
          <button type="submit">Send</button>
        </TrackedForm>
      )
    }
    const counts: number[] = []
    for (const tracked of [false, true]) {
      renders = 0
      const { unmount } = openForm(<Watched tracked={tracked} />)
      await type('Email', 'ada')
      await userEvent.tab()
      await press('Send')
      await type('Email', 'ada@example.com')
      await press('Send')
      await soon()
      counts.push(renders)
      unmount()
    }
    expect(counts[1]).toBe(counts[0])
  })
})
