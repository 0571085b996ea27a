import type { FormEvent } from 'react'
import { attempt } from '../../support/attempt.ts'
import { answer } from '../../triggers/handler-call.ts'
import { createHandlerCalls, type HandlerCalls, refused } from './handler-calls.ts'

/** The part of a TanStack Form instance that `tanstackFormProps` reads. */
export interface TanstackForm {
  readonly handleSubmit: () => Promise<unknown>
  readonly state: {
    readonly isSubmitSuccessful: boolean
    readonly isValid: boolean
    readonly fieldMeta: object
  }
  /** Mounted fields, by name. */
  readonly fieldInfo?: object | undefined
}

/** Props of `TrackedForm` that `tanstackFormProps` returns. */
export interface TanstackFormProps {
  /** Prevents the browser's submission, submits with TanStack Form and resolves to the outcome. */
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => Promise<unknown>
  /** Returns the names of the fields that have errors now. */
  readonly invalidFields: () => readonly string[]
}

/**
 * Returns the props of `TrackedForm` for TanStack Form; they replace an `onSubmit` that calls `form.handleSubmit()`.
 * The outcome comes from the promise that the `onSubmit` of `useForm` returns: the promise of `form.handleSubmit()`
 * also resolves when a field is invalid. An error that your `onSubmit` sets on the form counts as a failure.
 *
 * @example
 * const form = useForm({ defaultValues, onSubmit: ({ value }) => save(value) })
 * <TrackedForm name="demo" {...tanstackFormProps(form)}>
 */
export function tanstackFormProps(form: TanstackForm): TanstackFormProps {
  return {
    invalidFields: () =>
      Object.entries(form.state.fieldMeta).flatMap(([name, meta]) => (meta?.errors?.length ? [name] : [])),
    onSubmit: async (event) => {
      // A component that validates may pass no event.
      event?.preventDefault()
      event?.stopPropagation()
      const answering = await callsOf(form).during(() => form.handleSubmit())
      const { isValid, isSubmitSuccessful } = form.state
      if (!isValid || !(answering || isSubmitSuccessful)) return refused()
      return answering ?? answer('plain')
    },
  }
}

interface Instance {
  options?: { readonly onSubmit?: (...given: unknown[]) => unknown }
}

const watched = new WeakMap<object, HandlerCalls>()

/**
 * Records the calls of the form's `onSubmit`. TanStack Form does not pass on what the handler returned, and reads the
 * handler from its options at each call, so this wraps the options.
 */
function callsOf(form: TanstackForm): HandlerCalls {
  const instance = instanceOf(form)
  const known = watched.get(instance)
  if (known) return known
  const calls = createHandlerCalls()
  watched.set(instance, calls)
  // Each render assigns new options.
  let options = instance.options
  const get = () => {
    const handler = options?.onSubmit
    if (typeof handler !== 'function') return options
    return { ...options, onSubmit: (...given: unknown[]) => calls.call(() => handler(...given)) }
  }
  const set = (next: Instance['options']) => {
    options = next
  }
  attempt(() =>
    Object.defineProperty(instance, 'options', { configurable: true, enumerable: true, get, set }),
  )
  return calls
}

interface MountedField {
  readonly instance?: { readonly form?: Instance } | null
}

/**
 * Returns the form instance itself. In some versions `useForm` returns a copy; the instance is then found through the
 * form's mounted fields, or through the element that its `Field` renders.
 */
function instanceOf(form: TanstackForm): Instance {
  const fields: MountedField[] = Object.values(form.fieldInfo ?? {})
  const field = fields.find((one) => one?.instance?.form)
  const { Field } = form as { Field?: (props: object) => { props: { form?: Instance } } }
  return field?.instance?.form ?? attempt(() => Field?.({}).props.form) ?? (form as Instance)
}
