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
import type { AnyPlan } from '../../plan/define-plan.ts'
import type { FormFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { MicroconversionError } from '../../support/errors.ts'
import {
  type ErasedFormOptions,
  type FormTrackingOptions,
  type TrackedFormHandle,
  useFormHandle,
} from '../forms/use-tracked-form.ts'
import type { AnyFactEvents, FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import { mergeRefs, type Render, renderElement } from '../wiring/render-element.ts'

const FormContext = createContext<TrackedFormHandle | undefined>(undefined)

type FormOwnProps = Omit<ComponentPropsWithRef<'form'>, 'property' | 'name' | 'onSubmit'> & {
  /**
   * Your submit handler. Return the promise of your request and throw if `!response.ok`: the promise decides the
   * outcome of the form.
   */
  readonly onSubmit?: ((event: FormEvent<HTMLFormElement>) => unknown) | undefined
  /** Element to render instead of `<form>`, such as a router's form, or a function of the props. */
  readonly render?: Render<ComponentPropsWithRef<'form'>> | undefined
}

/**
 * Props of a form that a parent tracks with `useTrackedForm`, whose `trackAction`, `succeed` and `fail` then apply to
 * it.
 */
interface HandleProps {
  /** Handle that `useTrackedForm` returned in a parent. */
  readonly form: TrackedFormHandle
  /** Passed to `useTrackedForm` instead. */
  readonly name?: undefined
  /** Passed to `useTrackedForm` instead. */
  readonly invalidFields?: undefined
}

interface NamedProps extends FormTrackingOptions {
  /** Handle that `useTrackedForm` returned in a parent. Default: the component creates its own. */
  readonly form?: undefined
}

// One signature instead of two overloads: with two, TypeScript prints both errors, completes nothing, and types the
// result of `outcome` as a string.
/** Type of `TrackedForm` for the events `E` of a plan. */
export interface TrackedFormComponent<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<FormFacts> = {},
  >(
    props: FormOwnProps & (HandleProps | (NamedProps & FactEvents<E, FormFacts, Given, Events>)),
  ): ReactElement
}

/**
 * Props of `TrackedForm`, for a component that wraps it.
 *
 * @example
 * function Form({ className, ...props }: TrackedFormProps) {
 *   return <TrackedForm {...props} className={`form ${className}`} />
 * }
 */
export type TrackedFormProps<P extends AnyPlan = RegisteredPlan> = FormOwnProps &
  (HandleProps | (NamedProps & AnyFactEvents<EventsOf<P>, FormFacts>))

type ErasedProps = FormOwnProps & (HandleProps | (ErasedFormOptions & { readonly form?: undefined }))

/**
 * Renders a `<form>` that reports start, fields, steps, submission, outcome and abandonment. It reads no field values,
 * prevents no events and never submits: the form behaves as it would without tracking.
 *
 * @example
 * <TrackedForm name="demo" events={{ success: 'demo_booked' }} onSubmit={save}>
 *   <input name="email" type="email" required />
 *   <button>Book a demo</button>
 * </TrackedForm>
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
        onSubmit: onSubmit && form.handleSubmit(onSubmit),
        ref,
      })}
    </FormContext.Provider>
  )
})

/** Props of `FormStep`. */
export interface FormStepProps extends Omit<ComponentPropsWithRef<'fieldset'>, 'name'> {
  /** Name of the step, reported as `step_name`. */
  readonly name: string
  /** Index of the step, from 1. */
  readonly index: number
  /**
   * Total number of steps. Submitting any step before the last one counts as completing that step, not as submitting
   * the form. Default: unknown; every submission counts as one of the form.
   */
  readonly of?: number | undefined
  /** Element to render instead of `<fieldset>`, or a function of the props. */
  readonly render?: Render<ComponentPropsWithRef<'fieldset'>> | undefined
}

/**
 * Renders a `<fieldset>` that tells its `TrackedForm` which step is in view. Render only the current step.
 *
 * @example
 * <TrackedForm name="signup" onSubmit={save}>
 *   <FormStep name={step.name} index={step.index} of={3}>{step.fields}</FormStep>
 * </TrackedForm>
 */
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
