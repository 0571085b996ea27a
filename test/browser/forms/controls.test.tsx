import { type ReactElement, useActionState, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { FormStep, TrackedForm, usePage, useTrackedForm } from 'react-microconversions'
import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { field, guardForms, openForm, press, type } from '../../support/form-tracking.tsx'
import { deferred, eventually, patient, sent, soon } from '../react/plan.ts'

guardForms()

const send = <button type="submit">Send</button>
const email = <input name="email" aria-label="Email" />

/** As Lexical and Slate do: it writes the text itself, and no `input` event follows. */
function Editor() {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const editor = ref.current
    const write = (event: InputEvent) => {
      event.preventDefault()
      editor?.append(event.data ?? '')
    }
    editor?.addEventListener('beforeinput', write)
    return () => editor?.removeEventListener('beforeinput', write)
  }, [])
  // biome-ignore lint/a11y/useSemanticElements: that is the point
  return <div ref={ref} id="choice" contentEditable role="textbox" aria-label="Choice" tabIndex={0} />
}

describe('what fills in a field', () => {
  it('is a password manager: both fields in one task, without focus or keys', async () => {
    const { expectNames, of, arrived } = openForm(
      <TrackedForm name="login" onSubmit={sent}>
        {email}
        <input name="password" type="password" aria-label="Password" />
        {send}
      </TrackedForm>,
    )
    for (const label of ['Email', 'Password']) {
      const input = field(label).element() as HTMLInputElement
      input.value = 'ada-secret'
      for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, { bubbles: true }))
    }
    await expectNames('start', 'field', 'field')
    expect(await of('field')).toMatchObject([
      { field_name: 'email', field_state: 'valid', field_seconds: 0, completion_percent: 50 },
      { field_name: 'password', field_state: 'valid', field_seconds: 0, completion_percent: 100 },
    ])
    await press('Send')
    await expectNames('start', 'field', 'field', 'submit', 'success')
    expect(JSON.stringify(await arrived())).not.toContain('secret')
  })

  it.each<[string, ReactElement, () => Promise<void>]>([
    [
      'a file input',
      <input key="1" type="file" name="choice" aria-label="Choice" />,
      () => userEvent.upload(field('Choice'), new File(['ada-secret'], 'ada-secret.txt')),
    ],
    [
      'a select',
      <select key="2" name="choice" aria-label="Choice">
        <option>a</option>
        <option>ada-secret</option>
      </select>,
      () => userEvent.selectOptions(field('Choice'), 'ada-secret'),
    ],
    [
      'a group of radio buttons',
      <span key="3">
        <input type="radio" name="choice" value="a" aria-label="Other" />
        <input type="radio" name="choice" value="ada-secret" aria-label="Choice" />
      </span>,
      () => userEvent.click(field('Choice')),
    ],
    [
      'text that is edited in place',
      // biome-ignore lint/a11y/useSemanticElements: that is the point
      <div key="4" id="choice" contentEditable role="textbox" aria-label="Choice" tabIndex={0} />,
      async () => {
        await userEvent.click(field('Choice'))
        await userEvent.keyboard('ada-secret')
        await userEvent.tab()
      },
    ],
    [
      'text of an editor that writes it itself',
      <Editor key="5" />,
      async () => {
        await userEvent.click(field('Choice'))
        await userEvent.keyboard('ada-secret')
        await userEvent.tab()
      },
    ],
  ])('is %s: one field, once', async (_, control, fill) => {
    const { expectNames, of, arrived } = openForm(
      <TrackedForm name="choice" onSubmit={sent}>
        {control}
        {send}
      </TrackedForm>,
    )
    await fill()
    await press('Send')
    await expectNames('start', 'field', 'submit', 'success')
    expect(await of('start')).toMatchObject([{ field_name: 'choice' }])
    expect(await of('field')).toMatchObject([{ field_name: 'choice', field_state: 'valid' }])
    expect(await of('success')).toMatchObject([{ fields_total: 1, fields_completed: 1 }])
    expect(JSON.stringify(await arrived())).not.toContain('secret')
  })

  it('is a field in a portal when `form=` joins it, as the browser would; without it, it is not of the form', async () => {
    const { expectNames, of } = openForm(
      <TrackedForm name="demo" id="demo" onSubmit={sent}>
        {createPortal(
          <>
            <input form="demo" name="joined" aria-label="Joined" />
            <input name="apart" aria-label="Apart" />
          </>,
          document.body,
        )}
        {send}
      </TrackedForm>,
    )
    await type('Apart', 'a')
    await userEvent.tab()
    await expectNames()
    await type('Joined', 'a')
    await press('Send')
    await expectNames('start', 'field', 'submit', 'success')
    expect(await of('field')).toMatchObject([{ field_name: 'joined' }])
    expect(await of('success')).toMatchObject([{ fields_total: 1 }])
  })
})

describe('what a user does with a field', () => {
  it('is counted: returns, corrections, errors, and time with the focus', async () => {
    const tracking = openForm(
      <TrackedForm name="demo">
        <input name="email" type="email" aria-label="Email" />
        <input name="company" aria-label="Company" />
      </TrackedForm>,
    )
    await type('Email', 'ada')
    await type('Company', 'Acme')
    await userEvent.click(field('Email'))
    // Another window, and back: no return.
    field('Email')
      .element()
      .dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
    field('Email')
      .element()
      .dispatchEvent(new FocusEvent('focusin', { bubbles: true }))
    await type('Email', 'ada@example.com')
    await userEvent.click(field('Company'))
    tracking.rerender(<p>gone</p>)
    await tracking.expectNames('start', 'field', 'field', 'field', 'abandon')
    expect(await tracking.of('field')).toMatchObject([
      {
        field_name: 'email',
        field_state: 'invalid',
        field_returns: 0,
        field_corrections: 0,
        field_errors: 1,
      },
      { field_name: 'company', field_state: 'valid', field_returns: 0, field_errors: 0 },
      {
        field_name: 'email',
        field_state: 'corrected',
        field_returns: 1,
        field_corrections: 1,
        field_errors: 1,
      },
    ])
    const [first, , last] = (await tracking.of('field')) as { field_seconds: number }[]
    expect(last?.field_seconds).toBeGreaterThanOrEqual(first?.field_seconds ?? Number.NaN)
    expect(await tracking.of('abandon')).toMatchObject([
      {
        returns: 2,
        corrections: 1,
        errors: 1,
        fields_total: 2,
        fields_completed: 2,
        completion_percent: 100,
      },
    ])
  })

  it('is told under the name that the application gives the field, or not at all', async () => {
    const seen: unknown[] = []
    const tracking = openForm(
      <TrackedForm
        name="demo"
        noValidate
        invalidFields={() => ['iban', 'hidden-by-library']}
        fieldName={(name, element) => {
          seen.push(element?.tagName)
          return name === 'email' ? 'contact' : name === 'company' ? name : null
        }}
        onSubmit={sent}
      >
        {email}
        <input name="iban" aria-label="Iban" />
        <input name="company" aria-label="Company" required />
        {send}
      </TrackedForm>,
    )
    await type('Iban', 'DE')
    await type('Email', 'ada')
    await userEvent.click(field('Iban'))
    await press('Send')
    await tracking.expectNames('start', 'field', 'submit', 'failure')
    tracking.rerender(<p>gone</p>)
    await tracking.expectNames('start', 'field', 'submit', 'failure', 'abandon')
    expect(await tracking.of('start')).toMatchObject([{ field_name: '' }])
    expect(await tracking.of('field')).toMatchObject([{ field_name: 'contact' }])
    expect(await tracking.of('failure')).toMatchObject([
      { invalid_fields: 3, invalid_field_names: 'company' },
    ])
    expect(await tracking.of('abandon')).toMatchObject([{ last_field: 'contact', fields_total: 2 }])
    expect(JSON.stringify(await tracking.arrived())).not.toMatch(/iban|hidden-by-library|"email"/)
    expect(new Set(seen)).toEqual(new Set(['INPUT', undefined]))
  })
})

describe('an answer', () => {
  const aborted = () => Promise.reject(new DOMException('The user has left', 'AbortError'))

  it('that is aborted is a failure with that code', async () => {
    const { expectNames, of } = openForm(
      <TrackedForm name="demo" onSubmit={aborted}>
        {send}
      </TrackedForm>,
    )
    await press('Send')
    await expectNames('start', 'submit', 'failure')
    expect(await of('failure')).toMatchObject([{ error_code: 'AbortError' }])
  })

  it('that is aborted for a second try gives way to the answer of that one', async () => {
    const second = deferred<void>()
    let abort: (reason: unknown) => void = () => {}
    const { expectNames } = openForm(
      <TrackedForm
        name="demo"
        onSubmit={() => {
          if (abort.length > 0) {
            abort(new DOMException('again', 'AbortError'))
            return second.promise
          }
          return new Promise((_, reject) => {
            abort = (reason) => reject(reason)
          })
        }}
      >
        {send}
      </TrackedForm>,
    )
    await press('Send')
    await press('Send')
    await expectNames('start', 'submit')
    second.resolve()
    await expectNames('start', 'submit', 'success')
  })

  it('may be that of a button with an action of its own', async () => {
    function Draft() {
      const form = useTrackedForm({ name: 'draft' })
      const [told, save] = useActionState(
        form.trackAction(async () => 'saved'),
        '',
      )
      return (
        <TrackedForm form={form} action={async () => {}}>
          {email}
          {send}
          <button type="submit" formAction={save}>
            Save
          </button>
          <output>{told}</output>
        </TrackedForm>
      )
    }
    const { expectNames, of } = openForm(<Draft />)
    await press('Save')
    await expect.element(page.getByRole('status'), patient).toHaveTextContent('saved')
    await expectNames('start', 'submit', 'success')
    expect(await of('submit')).toMatchObject([
      { form_submit_text: 'Save', form_destination: '', navigated: false },
    ])
  })
})

describe('a form across pages', () => {
  const steps = ['who', 'where', 'when'] as const

  function Page({ at }: { at: number }) {
    const name = steps[at - 1] as string
    return (
      <TrackedForm name="wizard" acrossPages onSubmit={sent}>
        <FormStep name={name} index={at} of={3}>
          <input name={name} aria-label={name} />
          <button type="submit">Go on</button>
        </FormStep>
      </TrackedForm>
    )
  }

  function App({ path }: { path: string }) {
    usePage({ pathname: path })
    const at = Number(path.slice(1))
    // A page of another kind in between: for a moment there is no form at all.
    return at ? <Page key={path} at={at} /> : <p>elsewhere</p>
  }

  it('is one attempt, from its first page to its success', async () => {
    const { rerender, of, arrived } = openForm(<App path="/1" />)
    await type('who', 'a')
    await press('Go on')
    rerender(<App path="/2" />)
    await type('where', 'a')
    await press('Go on')
    rerender(<App path="/elsewhere" />)
    rerender(<App path="/3" />)
    await type('when', 'a')
    await press('Go on')
    const facts = ['step', 'start', 'field', 'step', 'field', 'step', 'field', 'submit', 'success']
    const withoutViews = async () =>
      (await arrived()).filter(({ name }) => name !== 'page_view').map(({ name }) => name.slice(5))
    await eventually(async () => expect(await withoutViews()).toEqual(facts))
    expect(await of('success')).toMatchObject([
      { step_name: 'when', fields_total: 3, fields_completed: 3, completion_percent: 100 },
    ])
    const attempts = (await arrived()).map(({ trigger }) => trigger.attemptId).filter(Boolean)
    expect(new Set(attempts).size).toBe(1)
  })

  it('is abandoned with the document, once, where it was left', async () => {
    const { rerender, of } = openForm(<App path="/1" />)
    await type('who', 'a')
    await press('Go on')
    rerender(<App path="/2" />)
    await expect.element(field('where'), patient).toBeVisible()
    rerender(<App path="/elsewhere" />)
    await expect.element(page.getByText('elsewhere'), patient).toBeVisible()
    await soon()
    expect(await of('abandon')).toEqual([])
    window.dispatchEvent(new PageTransitionEvent('pagehide'))
    window.dispatchEvent(new PageTransitionEvent('pagehide'))
    expect(await of('abandon')).toMatchObject([
      { step_name: 'where', step_index: 2, steps_total: 3, fields_completed: 1, completion_percent: 33 },
    ])
  })

  it('may be on one page twice: whichever is filled in', async () => {
    const { expectNames, of, arrived } = openForm(
      <main>
        {['top', 'bottom'].map((place) => (
          <TrackedForm key={place} name="newsletter" acrossPages id={place} onSubmit={sent}>
            <input name={`email_${place}`} aria-label={place} />
            <button type="submit">{`Send ${place}`}</button>
          </TrackedForm>
        ))}
      </main>,
    )
    await type('top', 'a')
    await type('bottom', 'b')
    await type('top', 'c')
    await press('Send top')
    await expectNames('start', 'field', 'field', 'submit', 'success')
    expect(await of('field')).toMatchObject([{ form_id: 'top' }, { form_id: 'bottom' }])
    expect(await of('submit')).toMatchObject([{ form_id: 'top' }])
    expect(new Set((await arrived()).map(({ trigger }) => trigger.attemptId)).size).toBe(1)
  })

  it('is an attempt for each page without it', async () => {
    function Plain({ name }: { name: string }) {
      const [value, setValue] = useState('')
      return (
        <TrackedForm name="wizard">
          <input name={name} aria-label={name} value={value} onChange={(e) => setValue(e.target.value)} />
        </TrackedForm>
      )
    }
    const { rerender, expectNames, arrived } = openForm(<Plain key="who" name="who" />)
    await type('who', 'a')
    rerender(<Plain key="where" name="where" />)
    await type('where', 'a')
    await expectNames('start', 'field', 'abandon', 'start')
    expect(new Set((await arrived()).map(({ trigger }) => trigger.attemptId)).size).toBe(2)
  })
})
