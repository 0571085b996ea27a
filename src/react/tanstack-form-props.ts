import type { FormEvent } from 'react'
import { attempt } from '../support/attempt.ts'
import { answer } from '../triggers/handler-call.ts'
import { createHandlerCalls, type HandlerCalls, refused } from './handler-calls.ts'

/** What `useForm` of @tanstack/react-form gives. */
export interface TanstackForm {
  readonly handleSubmit: () => Promise<unknown>
  readonly state: {
    readonly isSubmitSuccessful: boolean
    readonly isValid: boolean
    readonly fieldMeta: object
  }
  /** The fields that are mounted. */
  readonly fieldInfo?: object | undefined
}

export interface TanstackFormProps {
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => Promise<unknown>
  readonly invalidFields: () => readonly string[]
}

/**
 * Makes the props of `TrackedForm` for TanStack Form, in place of an `onSubmit` that calls `form.handleSubmit()`, whose
 * promise is also fulfilled when a field is invalid. The promise that the `onSubmit` of `useForm` returns tells the outcome;
 * an error that it sets is a failure.
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
      event.preventDefault()
      event.stopPropagation()
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

/** The form tells no one what its handler returned, and reads the handler from its options when it calls it. */
function callsOf(form: TanstackForm): HandlerCalls {
  const instance = instanceOf(form)
  const known = watched.get(instance)
  if (known) return known
  const calls = createHandlerCalls()
  watched.set(instance, calls)
  // Each render sets them anew.
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

/** `useForm` gives a copy in some versions: its fields know the form itself, and so does an element that renders one. */
function instanceOf(form: TanstackForm): Instance {
  const fields: MountedField[] = Object.values(form.fieldInfo ?? {})
  const field = fields.find((one) => one?.instance?.form)
  const { Field } = form as { Field?: (props: object) => { props: { form?: Instance } } }
  return field?.instance?.form ?? attempt(() => Field?.({}).props.form) ?? (form as Instance)
}
