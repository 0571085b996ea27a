import type { FormEvent } from 'react'

/** What `useForm` of @tanstack/react-form gives. */
export interface TanstackForm {
  readonly handleSubmit: () => Promise<unknown>
  readonly state: {
    readonly isSubmitSuccessful: boolean
    readonly isValid: boolean
    readonly fieldMeta: object
  }
}

export interface TanstackFormProps {
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => Promise<unknown>
  readonly invalidFields: () => readonly string[]
}

/**
 * For `TrackedForm`: `{...tanstackFormProps(useForm({ onSubmit: save }))}`, in place of an `onSubmit` that calls
 * `form.handleSubmit()`, whose promise is also fulfilled when a field is invalid. A `save` that rejects, or sets an error,
 * is a failure; what it returns reaches nobody.
 */
export function tanstackFormProps(form: TanstackForm): TanstackFormProps {
  return {
    invalidFields: () =>
      Object.entries(form.state.fieldMeta).flatMap(([name, meta]) => (meta?.errors?.length ? [name] : [])),
    onSubmit: async (event) => {
      event.preventDefault()
      event.stopPropagation()
      await form.handleSubmit()
      const ok = form.state.isSubmitSuccessful && form.state.isValid
      return ok ? { ok } : { ok, code: 'validation' }
    },
  }
}
