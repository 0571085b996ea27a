'use client'

import {
  type ComponentPropsWithRef,
  createContext,
  type FormEvent,
  forwardRef,
  type ReactElement,
  useContext,
  useEffect,
  useMemo,
} from 'react'
import type { FormFacts } from '../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../plan/register.ts'
import { MicroconversionError } from '../support/errors.ts'
import { mergeRefs, type Render, renderElement } from './render-element.ts'
import {
  type ErasedFormOptions,
  type FormTrackingOptions,
  type TrackedFormEvents,
  type TrackedFormHandle,
  useFormHandle,
} from './use-tracked-form.ts'

const FormContext = createContext<TrackedFormHandle | undefined>(undefined)

type FormOwnProps = Omit<ComponentPropsWithRef<'form'>, 'property' | 'name' | 'onSubmit'> & {
  /** Return the promise of your request, and throw if `!response.ok`: how it ends is the outcome of the form. */
  readonly onSubmit?: ((event: FormEvent<HTMLFormElement>) => unknown) | undefined
  /** Another element: a router's form, or a function of the props. */
  readonly render?: Render<ComponentPropsWithRef<'form'>> | undefined
}

/** Tracked by `useTrackedForm` in a parent: its `trackAction`, `succeed` and `fail` are this form's. */
interface HandleProps {
  readonly form: TrackedFormHandle
  readonly name?: undefined
  /** Of `useTrackedForm`. */
  readonly invalidFields?: undefined
}

interface NamedProps extends FormTrackingOptions {
  readonly form?: undefined
}

// One signature: of two, errors print both, nothing completes, and `outcome` returns a string.
export interface TrackedFormComponent<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends { [F in keyof FormFacts]?: string | { event: string; properties?: object } } = {},
  >(
    props: FormOwnProps & (HandleProps | (NamedProps & TrackedFormEvents<E, Given, Events>)),
  ): ReactElement
}

type ErasedProps = FormOwnProps & (HandleProps | (ErasedFormOptions & { readonly form?: undefined }))

/**
 * A `<form>` that reports start, fields, steps, submit, outcome and abandonment. It reads no value, prevents nothing and
 * never submits: the form behaves as without it.
 */
export const TrackedForm = forwardRef<HTMLFormElement, ErasedProps>(function TrackedForm(props, ref) {
  return props.form ? <FormElement {...props} ref={ref} /> : <FormWithHandle {...props} ref={ref} />
}) as unknown as TrackedFormComponent

const FormWithHandle = forwardRef<HTMLFormElement, FormOwnProps & ErasedFormOptions>(function FormWithHandle(
  { name, outcome, fieldName, invalidFields, acrossPages, events, properties, ...rest },
  ref,
) {
  const form = useFormHandle({ name, outcome, fieldName, invalidFields, acrossPages, events, properties })
  return <FormElement {...rest} form={form} ref={ref} />
})

const FormElement = forwardRef<HTMLFormElement, FormOwnProps & HandleProps>(function FormElement(
  { form, onSubmit, action, render, ...rest },
  forwarded,
) {
  const ref = useMemo(() => mergeRefs<HTMLFormElement>(form.ref, forwarded), [form, forwarded])
  return (
    <FormContext.Provider value={form}>
      {renderElement('form', render, {
        ...rest,
        ...(action === undefined
          ? {}
          : { action: typeof action === 'function' ? form.trackAction(action) : action }),
        onSubmit: onSubmit && form.onSubmit(onSubmit),
        ref,
      })}
    </FormContext.Provider>
  )
})

export interface FormStepProps extends Omit<ComponentPropsWithRef<'fieldset'>, 'name'> {
  /** Reported as `step_name`. */
  readonly name: string
  /** From 1. */
  readonly index: number
  /**
   * How many steps there are: what is submitted before the last is a step, and neither an attempt nor a success of the form.
   */
  readonly of?: number | undefined
  /** Another element than `<fieldset>`. */
  readonly render?: Render<ComponentPropsWithRef<'fieldset'>> | undefined
}

/** A `<fieldset>` that says which step of its `TrackedForm` is in view; render only the step in view. */
export const FormStep = forwardRef<HTMLFieldSetElement, Omit<FormStepProps, 'ref'>>(function FormStep(
  { name, index, of, render, ...rest },
  ref,
) {
  const form = useContext(FormContext)
  if (!form && process.env.NODE_ENV !== 'production') {
    throw new MicroconversionError(
      'RMC204',
      `<FormStep name="${name}"> is outside of a <TrackedForm>. Put it inside.`,
    )
  }
  useEffect(() => form?.enterStep(name, index, of), [form, name, index, of])
  return renderElement('fieldset', render, { ...rest, ref })
})
