import type { ReactElement } from 'react'
import { TrackedForm, useTrackedForm } from 'react-microconversions'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { field, guardForms, openForm, press, type } from '../../support/form-tracking.tsx'
import { sent } from '../react/plan.ts'

/** What React and the runner do not trip over themselves; more of them in the tests of the trigger. */
const names = [
  ...['id', 'name', 'action', 'method', 'target', 'submit', 'reset', 'elements', 'length', 'noValidate'],
  ...['type', 'form', 'checkValidity', 'reportValidity', 'requestSubmit', 'labels', 'value', 'disabled'],
]

describe('a form whose controls are called like its properties', () => {
  guardForms()
  const errors: string[] = []
  const note = (event: ErrorEvent) => void errors.push(event.message)
  beforeEach(() => window.addEventListener('error', note))
  afterEach(() => {
    window.removeEventListener('error', note)
    expect(errors.splice(0)).toEqual([])
  })

  async function fillIn(form: (rest: ReactElement) => ReactElement) {
    const tracking = openForm(
      form(
        <>
          <input name="email" aria-label="Email" />
          {names.map((name) => (
            <input key={name} type="hidden" name={name} />
          ))}
          <button type="submit" name="go" id="go">
            Send
          </button>
        </>,
      ),
    )
    await type('Email', 'ada')
    await press('Send')
    return tracking
  }

  it('is submitted and succeeds, and `fieldName` is asked about its fields alone', async () => {
    const fieldName = vi.fn((name: string, _: Element | undefined) => name)
    const { expectNames, of, rerender } = await fillIn((rest) => (
      <TrackedForm name="demo" id="real" action="/real" fieldName={fieldName} onSubmit={sent}>
        {rest}
      </TrackedForm>
    ))
    await expectNames('start', 'field', 'submit', 'success')
    expect(await of('submit')).toMatchObject([{ form_id: 'real', form_destination: '/real' }])
    expect(await of('success')).toMatchObject([{ fields_total: 1, completion_percent: 100 }])
    expect(new Set(fieldName.mock.calls.map(([name]) => name))).toEqual(new Set(['email']))
    await userEvent.click(field('Email'))
    await type('Email', 'grace')
    rerender(<p>gone</p>)
    await expectNames('start', 'field', 'submit', 'success', 'start', 'field', 'abandon')
  })

  it.each(names)('with one called %s alone, visible, with a name for each', async (name) => {
    const asked: unknown[] = []
    const { expectNames } = openForm(
      <TrackedForm
        name="demo"
        onSubmit={sent}
        fieldName={(given, element) => {
          asked.push(element?.tagName)
          return given
        }}
      >
        <input name={name} aria-label="Odd" />
        <button type="submit">Send</button>
      </TrackedForm>,
    )
    await type('Odd', 'ada')
    await press('Send')
    await expectNames('start', 'field', 'submit', 'success')
    expect(new Set(asked)).toEqual(new Set(['INPUT']))
  })

  it('beside a form that is called like a property of a shadow tree', async () => {
    const { expectNames } = openForm(
      <>
        <form name="host" />
        <TrackedForm name="demo" onSubmit={sent}>
          <input name="email" aria-label="Email" />
          <button type="submit">Send</button>
        </TrackedForm>
      </>,
    )
    await type('Email', 'ada')
    await press('Send')
    await expectNames('start', 'field', 'submit', 'success')
  })

  it('leaves a button out of what it asks, also one that is invalid', async () => {
    const asked: string[] = []
    const { of, expectNames } = openForm(
      <TrackedForm
        name="demo"
        onSubmit={sent}
        fieldName={(name) => {
          asked.push(name)
          return name
        }}
      >
        <input name="email" aria-label="Email" required />
        <button type="submit" name="go" ref={(button) => button?.setCustomValidity('no')}>
          Send
        </button>
      </TrackedForm>,
    )
    await press('Send')
    await expectNames('start', 'failure')
    expect(await of('failure')).toMatchObject([{ invalid_fields: 2, invalid_field_names: 'email' }])
    expect(new Set(asked)).toEqual(new Set(['email']))
  })
})

describe('an application whose `invalidFields` throws', () => {
  guardForms()
  afterEach(() => vi.restoreAllMocks())

  it('gets no error from the functions of its form; the record tells it', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    let handle: ReturnType<typeof useTrackedForm> | undefined
    function Demo() {
      handle = useTrackedForm({
        name: 'demo',
        invalidFields: () => {
          throw new Error('no fields')
        },
      })
      return (
        <form ref={handle.ref}>
          <input name="email" aria-label="Email" />
        </form>
      )
    }
    const { tracker, expectNames } = openForm(<Demo />)
    await type('Email', 'ada')
    expect(() => handle?.fail('sold_out')).not.toThrow()
    expect(() => handle?.succeed()).not.toThrow()
    await expectNames('start', 'success')
    expect(tracker.record.get().unobserved).toEqual({ 'TrackedForm demo': 'no fields' })
  })
})
