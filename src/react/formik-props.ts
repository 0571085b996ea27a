'use client'

import { type FormEvent, useState } from 'react'
import { libraryResets } from '../triggers/form-attempt.ts'
import { answer } from '../triggers/handler-call.ts'
import { createHandlerCalls, type HandlerCalls, refused } from './handler-calls.ts'
import { namesWithErrors } from './names-with-errors.ts'
import { useLatest } from './use-latest.ts'

/** What `useFormik`, or a function below `<Formik>`, gives. */
export interface FormikForm {
  readonly submitForm: () => Promise<unknown>
  readonly handleReset: (event?: FormEvent<HTMLFormElement>) => void
  readonly errors: object
}

/** For Formik's `onSubmit`. */
export interface FormikSubmit<Values, Helpers, Result> {
  (values: Values, helpers: Helpers): Result
  /** Ends of its calls, which Formik does not pass on. */
  readonly calls: HandlerCalls
}

export interface FormikFormProps {
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => Promise<unknown>
  readonly onReset: (event: FormEvent<HTMLFormElement>) => void
  readonly invalidFields: () => readonly string[]
}

/** Your `onSubmit`, for `useFormik` or `<Formik>`, and for `formikProps`. Stable. */
export function useFormikSubmit<Values, Helpers, Result>(
  onSubmit: (values: Values, helpers: Helpers) => Result,
): FormikSubmit<Values, Helpers, Result> {
  const latest = useLatest(onSubmit)
  const [submit] = useState(() => {
    const calls = createHandlerCalls()
    const call = (values: Values, helpers: Helpers) => calls.call(() => latest.current(values, helpers))
    return Object.assign(call, { calls })
  })
  return submit
}

/**
 * Makes the props of `TrackedForm` for Formik, in place of `<Form>`. The promise of Formik's `submitForm` is also fulfilled
 * when a field is invalid, and when `submit` failed in a form that is gone: the promise that `submit` returned tells the
 * outcome.
 *
 * @example
 * const submit = useFormikSubmit(save)
 * const formik = useFormik({ initialValues, onSubmit: submit })
 * <TrackedForm name="demo" {...formikProps(formik, submit)}>
 */
export function formikProps(
  formik: FormikForm,
  submit: Pick<FormikSubmit<never, never, unknown>, 'calls'>,
): FormikFormProps {
  return {
    invalidFields: () => namesWithErrors(formik.errors),
    onReset: (event) => {
      libraryResets.add(event.nativeEvent)
      formik.handleReset(event)
    },
    onSubmit: async (event) => {
      event.preventDefault()
      event.stopPropagation()
      try {
        return (await submit.calls.during(() => formik.submitForm())) ?? refused()
      } catch (reason) {
        // As Formik's own handler does.
        console.warn('Warning: An unhandled error was caught from submitForm()', reason)
        return answer('rejected', reason)
      }
    },
  }
}
