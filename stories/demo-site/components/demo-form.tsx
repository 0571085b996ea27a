import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { FormStep } from 'react-microconversions'
import type { Booking, Send } from '../booking.ts'
import { TrackedForm } from '../tracking.ts'
import { CallScheduler } from './call-scheduler.tsx'
import { DemoProgress, demoStages } from './demo-progress.tsx'
import { CompanyStep, NeedsStep } from './demo-steps.tsx'

const steps = [
  { name: 'company', Fields: CompanyStep },
  { name: 'needs', Fields: NeedsStep },
] as const

const empty: Booking = { company: '', people: '', needs: [], email: '' }

interface DemoFormProps {
  /** Joined to every event of the form. */
  readonly tier: string
  readonly send: Send
}

/** Two steps, one form: how the promise of `ask` is fulfilled is the outcome that is counted. Then the call is booked. */
export function DemoForm({ tier, send }: DemoFormProps) {
  const [index, setIndex] = useState(0)
  const [booking, setBooking] = useState(empty)
  const [state, setState] = useState<'open' | 'sending' | 'refused' | 'accepted'>('open')
  const form = useRef<HTMLFormElement>(null)
  const step = steps[index] ?? steps[0]
  const last = index === steps.length - 1
  useFocusOnChange(form, index)

  function next() {
    if (form.current?.reportValidity()) setIndex(index + 1)
  }

  /** Enter in a field would submit the form too early. */
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || last || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    next()
  }

  async function ask(event: FormEvent) {
    event.preventDefault()
    if (state === 'sending') return undefined
    setState('sending')
    const answer = await send(booking)
    setState(answer.ok ? 'accepted' : 'refused')
    return answer
  }

  if (state === 'accepted') return <CallScheduler tier={tier} email={booking.email} />
  return (
    <TrackedForm
      ref={form}
      name="demo-request"
      className="card"
      aria-label="Book a demo"
      properties={{ tier }}
      events={{
        start: 'form_start',
        step: 'form_step',
        failure: 'form_failure',
        abandon: 'form_abandon',
        success: 'form_success',
      }}
      onSubmit={ask}
      onKeyDown={onKeyDown}
    >
      <DemoProgress index={index} />
      <FormStep key={step.name} name={step.name} index={index + 1} of={steps.length}>
        <legend tabIndex={-1}>{demoStages[index]}</legend>
        <step.Fields booking={booking} onChange={(change) => setBooking({ ...booking, ...change })} />
      </FormStep>
      <p role="status" className="refusal">
        {state === 'refused' && 'That did not work: our server did not answer. Please send it again.'}
      </p>
      <div className="actions">
        {index > 0 && (
          <button type="button" className="button quiet" onClick={() => setIndex(index - 1)}>
            Back
          </button>
        )}
        {last ? (
          <button key="submit" type="submit" className="button" aria-disabled={state === 'sending'}>
            {state === 'sending' ? 'Sending…' : 'Choose a time'}
          </button>
        ) : (
          <button key="next" type="button" className="button" onClick={next}>
            Next
          </button>
        )}
      </div>
    </TrackedForm>
  )
}

/** The legend of the step that came into view; not of the first one. */
function useFocusOnChange(form: { readonly current: HTMLFormElement | null }, index: number) {
  const shown = useRef(index)
  useEffect(() => {
    if (shown.current === index) return
    shown.current = index
    form.current?.querySelector('legend')?.focus()
  }, [form, index])
}
