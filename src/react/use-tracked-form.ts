'use client'

import { type FormEvent, type RefCallback, useMemo, useRef, useState } from 'react'
import type { FormFacts } from '../plan/facts.ts'
import type { EventsOf, FactEvent, PropertyValue, RegisteredPlan } from '../plan/register.ts'
import { newId } from '../platform/browser.ts'
import { createWarn } from '../support/errors.ts'
import { createFormObserver, type FormObserver } from '../triggers/form.ts'
import { type FormOutcome, trackAction } from '../triggers/form-outcome.ts'
import { useTracker } from './context.ts'
import { type FactOptions, useFacts } from './use-facts.ts'
import { useLatest } from './use-latest.ts'
import { useObservedRef } from './use-observed-ref.ts'

export interface FormTrackingOptions {
  /** GA4's `form_name`. */
  readonly name: string
  /**
   * Judges what `onSubmit` or an action returned, or what its promise was fulfilled with. Default: fulfilled is success,
   * unless a field is invalid or it is a `Response` that is not ok; what is no promise is unknown.
   */
  readonly outcome?: ((result: unknown) => FormOutcome) | undefined
}

export interface TrackedFormEvents<
  E,
  Given extends { [name: string]: PropertyValue },
  Events extends { [F in keyof FormFacts]?: string | { event: string; properties?: object } },
> {
  /** Joined to every fact. */
  properties?: Given | undefined
  /** From facts to events. Default: `form_start`, `form_submit` and their siblings, where the plan has them. */
  events?:
    | ({
        [F in keyof Events]: F extends keyof FormFacts ? FactEvent<E, FormFacts[F] & Given, Events[F]> : never
      } & {
        [F in keyof FormFacts]?: unknown
      })
    | undefined
}

export interface TrackedFormHandle {
  readonly ref: RefCallback<HTMLFormElement>
  /** Wraps your handler: what it returns tells the outcome. It never prevents or submits anything itself. */
  readonly onSubmit: <Result>(
    handler: ((event: FormEvent<HTMLFormElement>) => Result) | undefined,
  ) => (event: FormEvent<HTMLFormElement>) => Result | undefined
  /** Wraps an action for `useActionState` or `<form action>`, whose dispatch returns nothing. */
  readonly trackAction: <Arguments extends unknown[], Result>(
    action: (...given: Arguments) => Result,
  ) => (...given: Arguments) => Result
  /** The submission in flight worked, or the attempt did without one. */
  readonly succeed: () => void
  /** It failed; the code is yours, and holds no personal data. Default `'error'`. */
  readonly fail: (errorCode?: string) => void
  readonly enterStep: (name: string, index: number) => void
}

export interface UseTrackedForm<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends { [F in keyof FormFacts]?: string | { event: string; properties?: object } } = {},
  >(
    options: FormTrackingOptions & TrackedFormEvents<E, Given, Events>,
  ): TrackedFormHandle
}

export type ErasedFormOptions = FormTrackingOptions & Pick<FactOptions, 'events' | 'properties'>

const standard: Readonly<Record<keyof FormFacts, string>> = {
  start: 'form_start',
  field: 'form_field',
  step: 'form_step',
  submit: 'form_submit',
  success: 'form_success',
  failure: 'form_failure',
  abandon: 'form_abandon',
  resume: 'form_resume',
}

export function useFormHandle(options: ErasedFormOptions): TrackedFormHandle {
  const tracker = useTracker()
  const report = useFacts(standard, { component: 'TrackedForm', ...options })
  const latest = useLatest(options)
  /** Of the page scope that is listened to: the form may be observed again, and listens once. */
  const leave = useRef<(() => void) | undefined>(undefined)
  const [observer] = useState((): FormObserver => {
    const warn = createWarn()
    return createFormObserver(
      {
        get name() {
          return latest.current.name
        },
        get outcome() {
          return latest.current.outcome
        },
        newId,
        onHint: () => {
          if (process.env.NODE_ENV !== 'production') warn('RMC202', outcomeHint(latest.current.name))
        },
      },
      report,
    )
  })
  const ref = useObservedRef(report, (form: HTMLFormElement) => {
    const stop = observer.observe(form)
    leave.current?.()
    const forget = tracker.onPageEnd(observer.leavePage)
    leave.current = forget
    return () => {
      stop()
      // Later: an effect may end the page of a form that is gone, and one that Activity hides may be left with its page.
      setTimeout(() => form.isConnected || forget())
    }
  })
  return useMemo(
    () => ({
      ref,
      onSubmit: (handler) => {
        const tracked = trackAction(
          (event: FormEvent<HTMLFormElement>) => handler?.(event),
          observer.submitted,
          false,
        )
        // React also hands up the submits of forms in portals.
        return (event) => (event.target === event.currentTarget ? tracked(event) : handler?.(event))
      },
      trackAction: (action) => (needsServer(action) ? action : trackAction(action, observer.submitted)),
      succeed: observer.succeed,
      fail: observer.fail,
      enterStep: observer.enterStep,
    }),
    [ref, observer],
  )
}

/** What `TrackedForm` does, for a form element of your own: `<form ref={form.ref} onSubmit={form.onSubmit(save)}>`. */
export const useTrackedForm = useFormHandle as unknown as UseTrackedForm

/** While it renders on a server: wrapped, the form would not work without JavaScript. A browser gets a plain function. */
function needsServer(action: object): boolean {
  return '$$FORM_ACTION' in action
}

function outcomeHint(name: string): string {
  return `The form "${name}" was submitted, and nothing says what became of it, so that neither success nor failure can be counted. Return a promise from onSubmit, wrap the action with trackAction, or call succeed() or fail(code) of useTrackedForm.`
}
