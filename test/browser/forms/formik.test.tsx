import { useFormik } from 'formik'
import { useState } from 'react'
import { TrackedForm, useTrackedForm } from 'react-microconversions'
import { formikProps, useFormikSubmit } from 'react-microconversions/formik'
import { formConformance, isEmail, TrialSteps, type WayProps } from '../../support/form-conformance.tsx'

interface Trial {
  readonly email: string
  readonly company: string
}

function FormikForm({ send, onSent }: WayProps) {
  const [step, setStep] = useState(1)
  const submit = useFormikSubmit(async () => {
    if (step === 1) return setStep(2)
    await send()
    onSent?.()
  })
  const formik = useFormik<Trial>({
    initialValues: { email: '', company: '' },
    validate: ({ email, company }) => ({
      ...(!isEmail(email) && { email: 'no' }),
      ...(step === 2 && !company && { company: 'no' }),
    }),
    onSubmit: submit,
  })
  const { invalidFields, ...props } = formikProps(formik, submit)
  const form = useTrackedForm({ name: 'trial', invalidFields })
  return (
    <TrackedForm form={form} {...props} noValidate>
      <TrialSteps
        form={form}
        step={step}
        onBack={() => setStep(1)}
        email={<input aria-label="Email" {...formik.getFieldProps('email')} />}
        company={<input aria-label="Company" {...formik.getFieldProps('company')} />}
      />
    </TrackedForm>
  )
}

formConformance({ name: 'formik', Form: FormikForm, refusedBy: 'library' })
