import { useForm } from '@tanstack/react-form'
import { useState } from 'react'
import { TrackedForm, useTrackedForm } from 'react-microconversions'
import { tanstackFormProps } from 'react-microconversions/tanstack-form'
import { formConformance, isEmail, TrialSteps, type WayProps } from '../../support/form-conformance.tsx'

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
