import type { BaseSyntheticEvent, FormEvent } from 'react'
import { type Answering, callHandler } from '../../triggers/handler-call.ts'
import { refused } from './handler-calls.ts'
import { namesWithErrors } from './names-with-errors.ts'

/** The part of react-hook-form's `useForm` result that `hookFormProps` reads. */
export interface HookForm<Data, Errors> {
  readonly handleSubmit: (
    onValid: (data: Data, event?: BaseSyntheticEvent) => unknown,
    onInvalid?: (errors: Errors, event?: BaseSyntheticEvent) => unknown,
  ) => (event?: BaseSyntheticEvent) => Promise<unknown>
  /** Read directly, because reading `formState` would subscribe the component to its changes. */
  readonly control: { readonly _formState: { readonly errors: object } }
}

/** Props of `TrackedForm` that `hookFormProps` returns. */
export interface HookFormProps {
  /** Submits with react-hook-form and resolves to the outcome. */
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => Promise<unknown>
  /** Returns the names of the fields that have errors now. */
  readonly invalidFields: () => readonly string[]
}

/**
 * Returns the props of `TrackedForm` for react-hook-form; they replace `onSubmit={handleSubmit(save)}`. The outcome
 * comes from the promise that `save` returns: the promise of `handleSubmit` also resolves when a field is invalid. An
 * error that `save` sets with `setError` counts as a failure.
 *
 * @example
 * const save = (values: Values) => mutation.mutateAsync(values)
 * <TrackedForm name="demo" {...hookFormProps(form, save)}>
 */
export function hookFormProps<Data, Errors>(
  form: HookForm<Data, Errors>,
  onValid: (data: Data, event?: BaseSyntheticEvent) => unknown,
  onInvalid?: (errors: Errors, event?: BaseSyntheticEvent) => unknown,
): HookFormProps {
  const errors = () => form.control._formState.errors
  const invalidFields = () => namesWithErrors(errors())
  return {
    invalidFields,
    onSubmit: async (event) => {
      let answering: Answering | undefined
      const submit = form.handleSubmit(
        (data, given) =>
          callHandler(
            () => onValid(data, given),
            (one) => {
              answering = one
            },
          ),
        onInvalid,
      )
      await submit(event)
      if (!answering || invalidFields().length > 0) return refused()
      const code = rootError(errors())
      return code === undefined ? answering : refused(code)
    },
  }
}

/**
 * Returns the `type` of a form-level error: `'sold_out'` for `setError('root.server', { type: 'sold_out' })`. Returns
 * undefined if there is no such error, and `'error'` if it has no type.
 */
function rootError(errors: { root?: object }): string | undefined {
  if (!errors.root) return undefined
  const kinds = [errors.root, ...Object.values(errors.root)].map((error) => Object(error)['type'])
  return String(kinds.find((type) => type !== undefined) ?? 'error')
}
