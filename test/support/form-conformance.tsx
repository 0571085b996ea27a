import { type ComponentType, type ReactNode, useState } from 'react'
import { FormStep, type TrackedFormHandle } from 'react-microconversions'
import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { deferred, eventually, patient, sent } from '../browser/react/plan.ts'
import { field, guardForms, openForm, press, type } from './form-tracking.tsx'

/** What the form's server is asked: it refuses with an error that has a code. */
export type Send = () => Promise<void>

export interface WayProps {
  readonly send: Send
  /** Called by the form's own handler, at once when the answer has come. */
  readonly onSent?: (() => void) | undefined
}

/** A way to build the form of the conformance tests: `TrackedForm` named `trial`, with `TrialSteps` in it. */
export interface FormWay {
  readonly name: string
  readonly Form: ComponentType<WayProps>
  /** Who finds a field invalid at a submission: the browser prevents it, so that only a library's is an attempt to submit. */
  readonly refusedBy: 'browser' | 'library'
}

export const refusal = () => Object.assign(new Error('ada@example.com is not welcome'), { code: 'sold_out' })

export const isEmail = (text: string) => text.includes('@')

interface TrialStepsProps {
  readonly form: TrackedFormHandle
  readonly step: number
  readonly onBack: () => void
  /** Named `email`, labelled `Email`. */
  readonly email: ReactNode
  /** Named `company`, labelled `Company`. */
  readonly company: ReactNode
  /** In place of a plain submit button. */
  readonly button?: ReactNode
}

/** Two steps, each of them sent by a submit button; the second has a calendar. */
export function TrialSteps({ form, step, onBack, email, company, button }: TrialStepsProps) {
  const [open, setOpen] = useState(false)
  if (step === 1)
    return (
      <FormStep key="contact" name="contact" index={1} of={2}>
        {email}
        <button type="submit">Next</button>
      </FormStep>
    )
  return (
    <FormStep key="visit" name="visit" index={2} of={2}>
      {company}
      <button
        type="button"
        onClick={() => {
          setOpen(true)
          form.calendarOpened()
        }}
      >
        Calendar
      </button>
      {open && (
        <button type="button" onClick={form.slotSelected}>
          Monday at nine
        </button>
      )}
      <button type="button" onClick={onBack}>
        Back
      </button>
      {button ?? <button type="submit">Send</button>}
    </FormStep>
  )
}

/** The same behaviours of the same form, whatever it is built with: what arrives at a memory destination. */
export function formConformance({ name, Form, refusedBy }: FormWay): void {
  describe(name, () => {
    guardForms()
    const open = (send: Send = sent, onSent?: () => void) => openForm(<Form send={send} onSent={onSent} />)

    async function toSecondStep() {
      await type('Email', 'ada@example.com')
      await press('Next')
      await expect.element(field('Company'), patient).toBeVisible()
    }

    /** A submission that is refused for what is in a field. */
    const refused = refusedBy === 'library' ? ['submit', 'failure'] : ['failure']

    it('starts with the first key, once', async () => {
      const { expectNames, of } = open()
      await userEvent.click(field('Email'))
      await expectNames('step')
      await userEvent.keyboard('ad')
      await expectNames('step', 'start')
      expect(await of('start')).toMatchObject([{ form_name: 'trial', field_name: 'email' }])
    })

    it('finds a field invalid, and corrected', async () => {
      const { of } = open()
      await type('Email', 'ada')
      await userEvent.tab()
      await eventually(async () => expect(await of('field')).toHaveLength(1))
      await type('Email', 'ada@example.com')
      await userEvent.tab()
      await eventually(async () => expect(await of('field')).toHaveLength(2))
      expect(await of('field')).toMatchObject([
        { field_name: 'email', field_state: 'invalid', field_errors: 1, field_corrections: 0 },
        { field_name: 'email', field_state: 'corrected', field_errors: 1, field_corrections: 1 },
      ])
      for (const { field_seconds } of await of('field')) expect(field_seconds).toEqual(expect.any(Number))
    })

    it('goes a step forward and back, which is neither a submission nor a success', async () => {
      const { expectNames, of } = open()
      await toSecondStep()
      await press('Back')
      await expect.element(field('Email'), patient).toBeVisible()
      await expectNames('step', 'start', 'field', 'step', 'step')
      expect(await of('field')).toMatchObject([{ field_state: 'valid', step_name: 'contact' }])
      const seconds = expect.any(Number)
      expect(await of('step')).toMatchObject([
        { step_name: 'contact', step_index: 1, steps_total: 2, step_direction: 'forward', previous_step: '' },
        { step_name: 'visit', step_direction: 'forward', previous_step_seconds: seconds },
        { step_name: 'contact', step_index: 1, step_direction: 'back', previous_step: 'visit' },
      ])
    })

    it('fails in a step that is sent with an error', async () => {
      const { expectNames, of } = open()
      await press('Next')
      await expectNames('step', 'start', 'failure')
      expect(await of('failure')).toMatchObject([
        {
          ...{ step_name: 'contact', step_index: 1, steps_total: 2, step_seconds: expect.any(Number) },
          ...{ error_code: 'validation', invalid_fields: 1, invalid_field_names: 'email' },
        },
      ])
    })

    it('knows a calendar that was opened, and a slot that was selected, once each', async () => {
      const { expectNames, of } = open()
      await toSecondStep()
      await press('Calendar')
      await press('Calendar')
      await press('Monday at nine')
      await press('Monday at nine')
      await expectNames(...['step', 'start', 'field', 'step'], ...['calendar', 'slot'])
      expect(await of('calendar')).toMatchObject([{ step_name: 'visit', step_index: 2 }])
      expect(JSON.stringify(await of('slot'))).not.toMatch(/monday|nine/i)
    })

    it('submits and succeeds', async () => {
      const { expectNames, of, arrived } = open()
      await toSecondStep()
      await type('Company', 'Acme')
      await press('Send')
      await expectNames(...['step', 'start', 'field', 'step'], ...['field', 'submit', 'success'])
      expect(await of('submit')).toMatchObject([{ form_submit_text: 'Send', navigated: false }])
      expect(await of('success')).toMatchObject([
        { fields_total: 2, fields_completed: 2, completion_percent: 100, errors: 0, corrections: 0 },
      ])
      const events = await arrived()
      expect(new Set(events.map(({ trigger }) => trigger.attemptId)).size).toBe(1)
      expect(JSON.stringify(events)).not.toMatch(/ada@|Acme/)
    })

    it('fails at validation, which is no success, and succeeds with the next try', async () => {
      const { expectNames, of } = open()
      await toSecondStep()
      await press('Send')
      const before = ['step', 'start', 'field', 'step', ...refused]
      await expectNames(...before)
      expect(await of('failure')).toMatchObject([
        { step_name: 'visit', error_code: 'validation', invalid_field_names: 'company' },
      ])
      await type('Company', 'Acme')
      await press('Send')
      await expectNames(...before, 'field', 'submit', 'success')
      expect((await of('field')).at(-1)).toMatchObject({ field_state: 'corrected', field_errors: 1 })
    })

    it('fails with the code of the answer, and never its words', async () => {
      const { expectNames, of, arrived } = open(() => Promise.reject(refusal()))
      await toSecondStep()
      await type('Company', 'Acme')
      await press('Send')
      await expectNames(...['step', 'start', 'field', 'step'], ...['field', 'submit', 'failure'])
      expect(await of('failure')).toMatchObject([{ error_code: 'sold_out', invalid_fields: 0 }])
      expect(JSON.stringify(await arrived())).not.toMatch(/welcome|ada@/)
    })

    it('is abandoned where it was left', async () => {
      const { rerender, expectNames, of } = open()
      await toSecondStep()
      await userEvent.click(field('Company'))
      rerender(<p>gone</p>)
      await expectNames('step', 'start', 'field', 'step', 'abandon')
      expect(await of('abandon')).toMatchObject([
        {
          ...{ last_field: 'company', step_name: 'visit', step_index: 2, steps_total: 2 },
          ...{ fields_total: 2, fields_completed: 1, completion_percent: 50 },
        },
      ])
    })

    it('goes on after it was left', async () => {
      const { expectNames, arrived } = open()
      await type('Email', 'ada')
      window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
      await expectNames('step', 'start', 'abandon')
      await type('Email', 'ada@example.com')
      await expectNames('step', 'start', 'abandon', 'resume')
      expect(new Set((await arrived()).map(({ trigger }) => trigger.attemptId)).size).toBe(1)
    })

    it('has succeeded when its handler takes it away with the answer', async () => {
      const tracking = open(undefined, () => tracking.rerender(<p>thanks</p>))
      await toSecondStep()
      await type('Company', 'Acme')
      await press('Send')
      await expect.element(page.getByText('thanks'), patient).toBeVisible()
      await tracking.expectNames(...['step', 'start', 'field', 'step'], ...['field', 'submit', 'success'])
    })

    it('is counted once when it is sent twice', async () => {
      const { promise, resolve } = deferred<void>()
      const { expectNames } = open(() => promise)
      await toSecondStep()
      await type('Company', 'Acme')
      await userEvent.tab()
      const button = page.getByRole('button', { name: 'Send' }).element() as HTMLButtonElement
      button.click()
      button.click()
      const before = ['step', 'start', 'field', 'step', 'field', 'submit']
      await expectNames(...before)
      resolve()
      await expectNames(...before, 'success')
    })
  })
}
