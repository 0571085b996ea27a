import type { BaseSyntheticEvent, FormEvent } from 'react'
import { type Answering, callHandler } from '../triggers/handler-call.ts'
import { refused } from './handler-calls.ts'
import { namesWithErrors } from './names-with-errors.ts'

/** What `useForm` of react-hook-form gives. */
export interface HookForm<Data, Errors> {
  readonly handleSubmit: (
    onValid: (data: Data, event?: BaseSyntheticEvent) => unknown,
    onInvalid?: (errors: Errors, event?: BaseSyntheticEvent) => unknown,
  ) => (event?: BaseSyntheticEvent) => Promise<unknown>
  /** Read beside `formState`, whose reader re-renders with it. */
  readonly control: { readonly _formState: { readonly errors: object } }
}

export interface HookFormProps {
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => Promise<unknown>
  readonly invalidFields: () => readonly string[]
}

/**
 * Makes the props of `TrackedForm` for react-hook-form, in place of `onSubmit={handleSubmit(save)}`, whose promise is also
 * fulfilled when a field is invalid. The promise that `save` returns tells the outcome; an error that it sets is a failure.
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

/** The `type` of an error of the form itself: `setError('root.server', { type: 'sold_out' })`. */
function rootError(errors: { root?: object }): string | undefined {
  if (!errors.root) return undefined
  const kinds = [errors.root, ...Object.values(errors.root)].map((error) => Object(error)['type'])
  return String(kinds.find((type) => type !== undefined) ?? 'error')
}
