import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { TrackedForm, useTrackedForm } from 'react-microconversions'
import { hookFormProps } from 'react-microconversions/react-hook-form'
import { formConformance, isEmail, TrialSteps, type WayProps } from '../../support/form-conformance.tsx'

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
