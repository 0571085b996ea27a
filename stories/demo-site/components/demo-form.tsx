import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { FormStep } from 'react-microconversions'
import type { Booking, Send } from '../booking.ts'
import { TrackedForm } from '../tracking.ts'
import { CompanyStep, NeedsStep, SlotStep } from './demo-steps.tsx'

const steps = [
  { name: 'company', title: 'Your company', Fields: CompanyStep },
  { name: 'needs', title: 'What you need', Fields: NeedsStep },
  { name: 'slot', title: 'A time for the call', Fields: SlotStep },
] as const

const empty: Booking = { company: '', people: '', needs: [], slot: '', email: '' }

interface DemoFormProps {
  /** Joined to every event of the form. */
  readonly tier: string
  readonly send: Send
}

/** Three steps, one form: how the promise of `book` is fulfilled is the outcome that is counted. */
export function DemoForm({ tier, send }: DemoFormProps) {
  const [index, setIndex] = useState(0)
  const [booking, setBooking] = useState(empty)
  const [state, setState] = useState<'open' | 'sending' | 'refused' | 'booked'>('open')
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

  async function book(event: FormEvent) {
    event.preventDefault()
    if (state === 'sending') return undefined
    setState('sending')
    const answer = await send(booking)
    setState(answer.ok ? 'booked' : 'refused')
    return answer
  }

  if (state === 'booked') return <Booked email={booking.email} />
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
        success: 'demo_booked',
      }}
      onSubmit={book}
      onKeyDown={onKeyDown}
    >
      <Progress index={index} />
      <FormStep key={step.name} name={step.name} index={index + 1} of={steps.length}>
        <legend tabIndex={-1}>{step.title}</legend>
        <step.Fields booking={booking} onChange={(change) => setBooking({ ...booking, ...change })} />
      </FormStep>
      <p role="status" className="refusal">
        {state === 'refused' && 'That did not work: our calendar did not answer. Please send it again.'}
      </p>
      <div className="actions">
        {index > 0 && (
          <button type="button" className="button quiet" onClick={() => setIndex(index - 1)}>
            Back
          </button>
        )}
        {last ? (
          <button key="submit" type="submit" className="button" aria-disabled={state === 'sending'}>
            {state === 'sending' ? 'Booking…' : 'Book the demo'}
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

function Progress({ index }: { readonly index: number }) {
  return (
    <ol className="progress" aria-label="Steps">
      {steps.map(({ name, title }, position) => (
        <li
          key={name}
          className="stage"
          aria-current={position === index ? 'step' : undefined}
          data-done={position < index}
        >
          {title}
        </li>
      ))}
    </ol>
  )
}

function Booked({ email }: { readonly email: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="card booked">
      <h2 ref={heading} tabIndex={-1}>
        See you then
      </h2>
      <p>The invitation is on its way to {email}.</p>
    </div>
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
