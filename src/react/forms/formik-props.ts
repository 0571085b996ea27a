'use client'

import { type FormEvent, useState } from 'react'
import { attempt } from '../../support/attempt.ts'
import { codeOf, isFailure } from '../../triggers/form-outcome.ts'
import { libraryResets } from '../../triggers/form-submitting.ts'
import { answer } from '../../triggers/handler-call.ts'
import { useLatest } from '../wiring/use-latest.ts'
import { createHandlerCalls, type HandlerCalls, refused } from './handler-calls.ts'
import { namesWithErrors } from './names-with-errors.ts'

/**
 * The part of Formik's form that `formikProps` reads, as `useFormik` or the render function of `<Formik>` provides it.
 */
export interface FormikForm {
  readonly submitForm: () => Promise<unknown>
  readonly handleReset: (event?: FormEvent<HTMLFormElement>) => void
  readonly errors: object
}

/** A submit handler to pass to Formik as `onSubmit`, and to `formikProps`. */
export interface FormikSubmit<Values, Helpers, Result> {
  (values: Values, helpers: Helpers): Result
  /** Results of the handler's calls, which Formik does not pass on. */
  readonly calls: HandlerCalls
}

/** Props of `TrackedForm` that `formikProps` returns. */
export interface FormikFormProps {
  /** Prevents the browser's submission, submits with Formik and resolves to the outcome. */
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => Promise<unknown>
  /** Resets the form with Formik. */
  readonly onReset: (event: FormEvent<HTMLFormElement>) => void
  /** Returns the names of the fields that have errors now. */
  readonly invalidFields: () => readonly string[]
}

/**
 * Wraps your `onSubmit` for `useFormik` or `<Formik>`, and for `formikProps`. The returned function keeps its identity
 * between renders. Calling `setStatus` with an error, such as `{ error }`, `{ errors }` or `{ serverError }`, counts as
 * a failure.
 *
 * @example
 * const submit = useFormikSubmit(save)
 * const formik = useFormik({ initialValues, onSubmit: submit })
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

/** Copies the helpers with a `setStatus` that is observed: Formik does not say which submission set the status. */
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
 * Returns the props of `TrackedForm` for Formik; they replace `<Form>`. The outcome comes from the promise that
 * `submit` returned: the promise of Formik's own `submitForm` also resolves when a field is invalid, or when `submit`
 * failed after the form was unmounted.
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
      if (event) libraryResets.add(event.nativeEvent)
      formik.handleReset(event)
    },
    onSubmit: async (event) => {
      // A component that validates may pass no event.
      event?.preventDefault()
      event?.stopPropagation()
      try {
        return (await submit.calls.during(() => formik.submitForm())) ?? refused()
      } catch (reason) {
        // Formik's own handler logs the same warning.
        console.warn('Warning: An unhandled error was caught from submitForm()', reason)
        return answer('rejected', reason)
      }
    },
  }
}
