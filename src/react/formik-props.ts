'use client'

import { type FormEvent, useState } from 'react'
import { codeOf } from '../triggers/form-outcome.ts'
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
  /** What the last call returned, which Formik tells nobody. */
  readonly last: () => { readonly result: unknown } | undefined
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
    let last: { readonly result: unknown } | undefined
    const call = (values: Values, helpers: Helpers) => {
      const result = latest.current(values, helpers)
      last = { result }
      return result
    }
    return Object.assign(call, { last: () => last })
  })
  return submit
}

/**
 * For `TrackedForm`: `{...formikProps(formik, submit)}`, in place of `<Form>`. The promise of Formik's `submitForm` is also
 * fulfilled when a field is invalid, and when `submit` failed in a form that is gone: what `submit` returned tells the
 * outcome. Unknown, if it returned no promise.
 */
export function formikProps(
  formik: FormikForm,
  submit: Pick<FormikSubmit<never, never, unknown>, 'last'>,
): FormikFormProps {
  return {
    invalidFields: () => namesWithErrors(formik.errors),
    onReset: (event) => formik.handleReset(event),
    onSubmit: async (event) => {
      event.preventDefault()
      event.stopPropagation()
      const before = submit.last()
      try {
        await formik.submitForm()
      } catch (reason) {
        // As Formik's own handler does.
        console.warn('Warning: An unhandled error was caught from submitForm()', reason)
        return { ok: false, code: codeOf(reason) }
      }
      const last = submit.last()
      if (!last || last === before) return { ok: false, code: 'validation' }
      if (typeof (last.result as Promise<unknown> | undefined)?.then !== 'function') return { ok: null }
      try {
        return await last.result
      } catch (reason) {
        return { ok: false, code: codeOf(reason) }
      }
    },
  }
}
