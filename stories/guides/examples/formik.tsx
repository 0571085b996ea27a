import { Field, Formik } from 'formik'
import { TrackedForm } from 'react-microconversions'
import { formikProps, useFormikSubmit } from 'react-microconversions/formik'

export function Signup({ save }: { save: (values: { email: string }) => Promise<unknown> }) {
  const submit = useFormikSubmit(save)
  return (
    <Formik
      initialValues={{ email: '' }}
      validate={({ email }) => (email.includes('@') ? {} : { email: 'No e-mail address' })}
      onSubmit={submit}
    >
      {(formik) => (
        <TrackedForm name="signup" aria-label="Sign up" {...formikProps(formik, submit)}>
          <label htmlFor="email">Work e-mail</label>
          <Field name="email" id="email" />
          <button type="submit">Sign up</button>
        </TrackedForm>
      )}
    </Formik>
  )
}
