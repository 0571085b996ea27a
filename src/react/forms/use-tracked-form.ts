'use client'

import { type FormEvent, type RefCallback, type RefObject, useMemo, useRef, useState } from 'react'
import { partsOf } from '../../engine/record/tracker-parts.ts'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import type { FormFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { newId } from '../../platform/browser.ts'
import { createWarn } from '../../support/errors.ts'
import { own } from '../../support/unclobbered.ts'
import { outcomeAdvice, type UnknownReason, unknownWords } from '../../support/unknown-outcome.ts'
import { contain, contained } from '../../triggers/contained.ts'
import { createFormObserver, type FormObserver } from '../../triggers/form.ts'
import type { FormReport } from '../../triggers/form-attempt.ts'
import type { FormOutcome } from '../../triggers/form-outcome.ts'
import { trackAction } from '../../triggers/handler-call.ts'
import { useTracker } from '../context.ts'
import { useFacts } from '../hooks/use-facts.ts'
import { targetOf } from '../wiring/create-report.ts'
import type { FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import type { FactOptions, Report } from '../wiring/report.ts'
import { useLatest } from '../wiring/use-latest.ts'
import { useObservedRef } from '../wiring/use-observed-ref.ts'

/** Options of `useTrackedForm` and `TrackedForm`, without their events. */
export interface FormTrackingOptions {
  /** Name of the form, reported as GA4's `form_name`. */
  readonly name: string
  /**
   * Judges what your handler or action returned, or what its promise was fulfilled with. Return `'success'`,
   * `'failure'` or `'unknown'`. Not called for a rejection: that is a failure, unless it is a redirect.
   *
   * Default: a promise that waited for something, or was fulfilled with a value, is a success unless a field is invalid
   * or the value reports an error: `false`, an `Error`, a `Response` that is not ok; `ok`, `success` or `valid` false;
   * a truthy `error`, `serverError` or `errorMessage`; non-empty `errors`, `fieldErrors` or `issues`; a `status` from
   * 400 to 599; a `status`, `state`, `type`, `kind` or `result` such as `error`, `failed` or `rejected`; or one of
   * these in `data` or in a list of results. A result that is not a promise, or a promise fulfilled with undefined or
   * null at once, is unknown.
   */
  readonly outcome?: ((result: unknown) => FormOutcome) | undefined
  /**
   * Returns the name under which a field is reported; null leaves the field out. Called for form fields only; `element`
   * is undefined if only a form library knows the field. Default: the field's `name`, else its `id`.
   */
  readonly fieldName?: ((name: string, element: Element | undefined) => string | null) | undefined
  /** Returns the names of the fields that a form library considers invalid now, as its adapter does. Default: none. */
  readonly invalidFields?: (() => readonly string[]) | undefined
  /**
   * Tracks a form that spans several pages: all mounted forms of this name share one attempt until a success. The
   * attempt is abandoned when the document is left, not when a page ends. Read when the form mounts. Default false.
   */
  readonly acrossPages?: boolean | undefined
}

/** Ref, handler wrappers and actions that `useTrackedForm` returns. */
export interface TrackedFormHandle {
  /** Ref for the `<form>` to observe. */
  readonly ref: RefCallback<HTMLFormElement>
  /**
   * Wraps your submit handler. The promise that the handler returns decides the outcome: throw if `!response.ok`. The
   * wrapper never prevents or submits anything itself.
   */
  readonly handleSubmit: <Result>(
    handler: ((event: FormEvent<HTMLFormElement>) => Result) | undefined,
  ) => (event: FormEvent<HTMLFormElement>) => Result | undefined
  /** Wraps an action for `useActionState` or `<form action>`, whose dispatch function returns nothing. */
  readonly trackAction: <Arguments extends unknown[], Result>(
    action: (...given: Arguments) => Result,
  ) => (...given: Arguments) => Result
  /** Reports a success of the submission in flight, or of an attempt without a submission. */
  readonly succeed: () => void
  /** Reports a failure. `errorCode` is your own code; never put personal data into it. Default `'error'`. */
  readonly fail: (errorCode?: string) => void
  /** Enters a step of the form; `FormStep` calls it. `index` counts from 1. */
  readonly enterStep: (name: string, index: number, total?: number) => void
  /** Reports that the user opened a calendar, your own or that of a scheduling service. */
  readonly calendarOpened: () => void
  /**
   * Reports that the user selected a slot in the calendar: `onClick={form.slotSelected}`. No details of the slot are
   * read.
   */
  readonly slotSelected: () => void
}

/** Type of `useTrackedForm` for the events `E` of a plan. */
export interface UseTrackedForm<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<FormFacts> = {},
  >(
    options: FormTrackingOptions & FactEvents<E, FormFacts, Given, Events>,
  ): TrackedFormHandle
}

/** Options of `useTrackedForm`, without the types of a plan. */
export type ErasedFormOptions = FormTrackingOptions & Pick<FactOptions, 'events' | 'properties'>

const standard: Readonly<Record<keyof FormFacts, string>> = {
  start: 'form_start',
  field: 'form_field',
  step: 'form_step',
  calendar: 'form_calendar',
  slot: 'form_slot',
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
  /** Stops listening for the end of the page scope. The form may be observed again, but only one listener is kept. */
  const leave = useRef<(() => void) | undefined>(undefined)
  const [source] = useState((): Source => ({ latest, report, tracker, warn: createWarn() }))
  const [{ observer, follow }] = useState(() =>
    options.acrossPages ? sharedBy(tracker, options.name) : createFollowing(),
  )
  const ref = useObservedRef(report, (form: HTMLFormElement) => {
    follow(source)
    const stop = observer.observe(form)
    leave.current?.()
    const forget = tracker.onPageEnd(
      contained(() => {
        observer.leavePage()
        // An `<Activity>` hid the form before it was removed.
        if (!own(form, 'isConnected')) forget()
      }),
    )
    leave.current = forget
    return () => {
      stop()
      // Deferred, because an effect may end the page of a removed form, and a form that `<Activity>` hides may still be
      // abandoned with its page.
      setTimeout(contained(() => own(form, 'isConnected') || forget()))
    }
  })
  return useMemo(() => {
    /** Wraps a function that the application calls, so that its errors go to the record and not to the application. */
    const safely =
      <Given extends unknown[]>(run: (...given: Given) => void) =>
      (...given: Given) =>
        void contain(report.failed, () => run(...given))
    const submitted = safely(observer.submitted)
    return {
      ref,
      handleSubmit: (handler) => {
        const tracked = trackAction((event: FormEvent<HTMLFormElement>) => handler?.(event), submitted, false)
        // React also bubbles submit events from forms in portals. A component that validates may pass no event, or a late
        // one: React has then set its `currentTarget` to null.
        return (event) => {
          const isElsewhere = event?.currentTarget && event.target !== event.currentTarget
          return isElsewhere ? handler?.(event) : tracked(event)
        }
      },
      trackAction: (action) => (needsServer(action) ? action : trackAction(action, submitted)),
      succeed: safely(() => observer.succeed()),
      fail: safely(observer.fail),
      enterStep: safely(observer.enterStep),
      calendarOpened: safely(() => observer.calendarOpened()),
      slotSelected: safely(() => observer.slotSelected()),
    }
  }, [ref, observer, report])
}

/** The mounted component: its current props, and the destination of its facts. */
interface Source {
  readonly latest: RefObject<ErasedFormOptions>
  readonly report: Report
  readonly tracker: AnyTracker
  readonly warn: ReturnType<typeof createWarn>
}

/** An observer that reports through the component that is mounted now, one after the other. */
interface Following {
  readonly observer: FormObserver
  readonly follow: (source: Source) => void
}

function createFollowing(): Following {
  let source: Source | undefined
  const options = (): Partial<ErasedFormOptions> => source?.latest.current ?? {}
  const observer = createFormObserver(
    {
      get name() {
        return options().name ?? ''
      },
      get outcome() {
        return options().outcome
      },
      get fieldName() {
        return options().fieldName
      },
      get invalidFields() {
        return options().invalidFields
      },
      get acrossPages() {
        return options().acrossPages
      },
      newId,
      onUnknown(attemptId, why) {
        if (!source) return
        const form = options().name ?? ''
        const event = targetOf(source.report.reporter.current, 'success')?.event
        partsOf(source.tracker)?.known.record.noteUnknown({ form, event, attemptId, why })
      },
      onHint(why) {
        if (process.env.NODE_ENV !== 'production')
          source?.warn('RMC202', outcomeHint(options().name ?? '', why))
      },
    },
    (fact: FormReport) => source?.report(fact),
  )
  return {
    observer,
    follow: (next) => {
      source = next
    },
  }
}

/** Observers of forms that span several pages, by form name: each page renders its own component. */
const shared = new WeakMap<AnyTracker, Map<string, Following>>()

function sharedBy(tracker: AnyTracker, name: string): Following {
  const forms = shared.get(tracker) ?? new Map<string, Following>()
  shared.set(tracker, forms)
  const following = forms.get(name) ?? createFollowing()
  forms.set(name, following)
  return following
}

/**
 * Observes a form element that you render yourself, as `TrackedForm` does. Destructure the result: the linter for hooks
 * and the React Compiler treat an object with a `ref` as a ref, which must not be read during render.
 *
 * @example
 * const { ref, handleSubmit } = useTrackedForm({ name: 'demo', events: { success: 'demo_booked' } })
 * return <form ref={ref} onSubmit={handleSubmit(save)}>…</form>
 */
export const useTrackedForm = useFormHandle as unknown as UseTrackedForm

/**
 * True for a server action during server rendering. Wrapping it would break the form without JavaScript; in the
 * browser, React passes a plain function.
 */
function needsServer(action: object): boolean {
  return '$$FORM_ACTION' in action
}

function outcomeHint(name: string, why: UnknownReason): string {
  return `The form "${name}" was submitted, and its outcome is unknown: ${unknownWords[why]}. Neither success nor failure is counted. ${outcomeAdvice}`
}
