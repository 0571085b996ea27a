'use client'

import { type FormEvent, useState } from 'react'
import { attempt } from '../support/attempt.ts'
import { libraryResets } from '../triggers/form-attempt.ts'
import { codeOf, isFailure } from '../triggers/form-outcome.ts'
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

/**
 * Your `onSubmit`, for `useFormik` or `<Formik>`, and for `formikProps`. Stable. A `setStatus` of its helpers with an error, such as
 * `{ error }`, `{ errors }` or `{ serverError }`, is a failure.
 */
export function useFormikSubmit<Values, Helpers, Result>(
  onSubmit: (values: Values, helpers: Helpers) => Result,
): FormikSubmit<Values, Helpers, Result> {
  const latest = useLatest(onSubmit)
  const [submit] = useState(() => {
    const calls = createHandlerCalls()
    const call = (values: Values, helpers: Helpers) => {
      let status: unknown
      const watched = watchStatus(helpers, (next) => {
        status = next
      })
      return calls.call(
        () => latest.current(values, watched),
        (found) => (found.kind !== 'rejected' && hasFailed(status) ? refused(codeOf(status)) : found),
      )
    }
    return Object.assign(call, { calls })
  })
  return submit
}

/** The same helpers: Formik does not say which submission has set its status. */
function watchStatus<Helpers>(helpers: Helpers, onStatus: (status: unknown) => void): Helpers {
  const { setStatus } = Object(helpers) as { setStatus?: (status: unknown) => void }
  if (typeof setStatus !== 'function') return helpers
  const set = (status: unknown) => {
    onStatus(status)
    setStatus(status)
  }
  return { ...helpers, setStatus: set }
}

const hasFailed = (status: unknown) => attempt(() => isFailure(status)) ?? false

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
