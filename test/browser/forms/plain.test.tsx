import { useActionState, useRef, useState } from 'react'
import { useFormStatus } from 'react-dom'
import { TrackedForm, useTrackedForm } from 'react-microconversions'
import { formConformance, TrialSteps, type WayProps } from '../../support/form-conformance.tsx'

/** As a client that answers instead of throwing. */
async function answerOf(send: WayProps['send']) {
  try {
    await send()
    return { ok: true }
  } catch (error) {
    return { ok: false, code: (error as { code: string }).code }
  }
}

const plainEmail = <input name="email" aria-label="Email" type="email" required autoComplete="off" />
const plainCompany = <input name="company" aria-label="Company" required autoComplete="off" />

function Uncontrolled({ send, onSent }: WayProps) {
  const [step, setStep] = useState(1)
  const form = useTrackedForm({ name: 'trial' })
  const sent = useRef<Promise<unknown>>(undefined)
  return (
    <TrackedForm
      form={form}
      onSubmit={async (event) => {
        event.preventDefault()
        if (step === 1) return setStep(2)
        sent.current ??= answerOf(send)
        const answer = await sent.current
        sent.current = undefined
        onSent?.()
        return answer
      }}
    >
      <TrialSteps
        form={form}
        step={step}
        onBack={() => setStep(1)}
        email={plainEmail}
        company={plainCompany}
      />
    </TrackedForm>
  )
}

function Controlled({ send, onSent }: WayProps) {
  const [step, setStep] = useState(1)
  const [values, setValues] = useState({ email: '', company: '' })
  const form = useTrackedForm({ name: 'trial' })
  const input = (name: 'email' | 'company', label: string) => (
    <input
      name={name}
      aria-label={label}
      type={name === 'email' ? 'email' : 'text'}
      required
      value={values[name]}
      onChange={(event) => setValues((all) => ({ ...all, [name]: event.target.value }))}
    />
  )
  return (
    <TrackedForm
      form={form}
      onSubmit={(event) => {
        event.preventDefault()
        // Nothing to wait for: of a step, nobody asks what became of it.
        if (step === 1) return setStep(2)
        return answerOf(send).then((answer) => {
          setValues({ email: '', company: '' })
          onSent?.()
          return answer
        })
      }}
    >
      <TrialSteps
        form={form}
        step={step}
        onBack={() => setStep(1)}
        email={input('email', 'Email')}
        company={input('company', 'Company')}
      />
    </TrackedForm>
  )
}

function StatusButton() {
  const { pending } = useFormStatus()
  return <button type="submit">{pending ? 'Send …' : 'Send'}</button>
}

function WithAction({ send, onSent }: WayProps) {
  const form = useTrackedForm({ name: 'trial' })
  const [{ step }, action] = useActionState(
    form.trackAction(async (last: { step: number }, _data: FormData) => {
      if (last.step === 1) return { step: 2 }
      const answer = await answerOf(send)
      onSent?.()
      return { ...answer, step: 2 }
    }),
    { step: 1 },
  )
  const [back, setBack] = useState(false)
  return (
    <TrackedForm form={form} action={action} onSubmit={() => setBack(false)}>
      <TrialSteps
        form={form}
        step={back ? 1 : step}
        onBack={() => setBack(true)}
        email={plainEmail}
        company={plainCompany}
        button={<StatusButton />}
      />
    </TrackedForm>
  )
}

formConformance({ name: 'uncontrolled', Form: Uncontrolled, refusedBy: 'browser' })
formConformance({ name: 'controlled', Form: Controlled, refusedBy: 'browser' })
formConformance({
  name: 'an action with useActionState and useFormStatus',
  Form: WithAction,
  refusedBy: 'browser',
})
