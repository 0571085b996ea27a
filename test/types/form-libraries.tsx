import { useForm as useTanstackForm } from '@tanstack/react-form'
import { Formik, useFormik } from 'formik'
import type { ReactElement } from 'react'
import { useForm } from 'react-hook-form'
import { TrackedForm, useTrackedForm } from 'react-microconversions'
import { formikProps, useFormikSubmit } from 'react-microconversions/formik'
import { hookFormProps } from 'react-microconversions/react-hook-form'
import { tanstackFormProps } from 'react-microconversions/tanstack-form'
import type { Equal } from './equal.ts'

interface Values {
  readonly email: string
  readonly seats: number
}

const initial: Values = { email: '', seats: 1 }

export function HookForm(): ReactElement {
  const form = useForm({ defaultValues: initial })
  const props = hookFormProps(
    form,
    (values, event) => {
      const typed: Equal<typeof values, Values> = true
      event?.preventDefault()
      return typed
    },
    (errors) => errors.email?.message,
  )
  const own = useTrackedForm({ name: 'own', invalidFields: props.invalidFields })
  // @expect TS2345 "Property 'name' is missing in type 'Values'"
  hookFormProps(form, (values: { name: string }) => values)
  return (
    <>
      <TrackedForm name="demo" {...props} />
      <TrackedForm form={own} onSubmit={props.onSubmit} />
      {/* It belongs to the hook, which has made the form. */}
      {/* @expect TS2322 "invalidFields" */}
      <TrackedForm form={own} {...props} />
      <TrackedForm
        name="demo"
        acrossPages
        fieldName={(name) => (name === 'email' ? name : null)}
        {...props}
      />
    </>
  )
}

export function Tanstack(): ReactElement {
  const form = useTanstackForm({ defaultValues: initial, onSubmit: ({ value }) => void value.seats })
  return <TrackedForm name="demo" {...tanstackFormProps(form)} />
}

export function FormikForm(): ReactElement {
  const submit = useFormikSubmit(async (values: Values) => values.seats)
  const formik = useFormik({ initialValues: initial, onSubmit: submit })
  const other = useFormikSubmit(async (values: { name: string }) => values.name)
  return (
    <>
      <TrackedForm name="demo" {...formikProps(formik, submit)} />
      <Formik initialValues={initial} onSubmit={submit}>
        {(inner) => <TrackedForm name="demo" {...formikProps(inner, submit)} />}
      </Formik>
      {/* @expect TS2322|TS2769 "name" */}
      <Formik initialValues={initial} onSubmit={other} />
    </>
  )
}
