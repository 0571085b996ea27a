'use client'

import { type FormEvent, type RefCallback, type RefObject, useMemo, useRef, useState } from 'react'
import { partsOf } from '../engine/tracker-parts.ts'
import type { AnyTracker } from '../engine/types.ts'
import type { FormFacts } from '../plan/facts.ts'
import type { EventsOf, FactEvent, PropertyValue, RegisteredPlan } from '../plan/register.ts'
import { newId } from '../platform/browser.ts'
import { createWarn } from '../support/errors.ts'
import { own } from '../support/unclobbered.ts'
import { outcomeAdvice, type UnknownReason, unknownWords } from '../support/unknown-outcome.ts'
import { contain, contained } from '../triggers/contained.ts'
import { createFormObserver, type FormObserver } from '../triggers/form.ts'
import type { FormReport } from '../triggers/form-attempt.ts'
import type { FormOutcome } from '../triggers/form-outcome.ts'
import { trackAction } from '../triggers/handler-call.ts'
import { useTracker } from './context.ts'
import type { Report } from './report.ts'
import { type FactOptions, useFacts } from './use-facts.ts'
import { useLatest } from './use-latest.ts'
import { useObservedRef } from './use-observed-ref.ts'

export interface FormTrackingOptions {
  /** GA4's `form_name`. */
  readonly name: string
  /**
   * Judges what your handler or action returned, or what its promise was fulfilled with: `'success'`, `'failure'` or
   * `'unknown'`; it is not asked about a rejection, which is a failure. Default: a promise that waited for something, or was
   * fulfilled with a value, is a success unless a field is invalid or the value says otherwise: `false`, an error, a
   * `Response` that is not ok, `ok` or `success` false, a truthy `error` or `serverError`, non-empty `errors`,
   * `fieldErrors` or `validationErrors`, `status` or `meta.requestStatus` in `error` or `rejected`. What is no promise, or is
   * fulfilled with undefined at once, is unknown.
   */
  readonly outcome?: ((result: unknown) => FormOutcome) | undefined
  /**
   * How a field is called in what is reported; null leaves it out. It is asked about fields only. Without an element: only a form library knows the field.
   * Default: its `name`, else its `id`.
   */
  readonly fieldName?: ((name: string, element: Element | undefined) => string | null) | undefined
  /** Names of the fields that a form library holds to be invalid now: what its adapter gives. */
  readonly invalidFields?: (() => readonly string[]) | undefined
  /**
   * The form is on several pages: one attempt for all mounted forms of this name, until a success. It is abandoned with the
   * document, not with a page. Default false; read when the form is mounted.
   */
  readonly acrossPages?: boolean | undefined
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
  /**
   * Wraps your handler: the promise that it returns tells the outcome. Throw if `!response.ok`. It never prevents or submits
   * anything itself.
   */
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
  /** What `FormStep` calls. */
  readonly enterStep: (name: string, index: number, total?: number) => void
  /** The visitor has opened a calendar, of yours or of a scheduler. */
  readonly calendarOpened: () => void
  /** And selected a slot in it: `onClick={form.slotSelected}`. Nothing of the slot is read. */
  readonly slotSelected: () => void
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
  /** Of the page scope that is listened to: the form may be observed again, and listens once. */
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
        // Activity had hidden it before it went.
        if (!own(form, 'isConnected')) forget()
      }),
    )
    leave.current = forget
    return () => {
      stop()
      // Later: an effect may end the page of a form that is gone, and one that Activity hides may be left with its page.
      setTimeout(contained(() => own(form, 'isConnected') || forget()))
    }
  })
  return useMemo(() => {
    /** A handler of the application calls it. */
    const safely =
      <Given extends unknown[]>(run: (...given: Given) => void) =>
      (...given: Given) =>
        void contain(report.failed, () => run(...given))
    const submitted = safely(observer.submitted)
    return {
      ref,
      onSubmit: (handler) => {
        const tracked = trackAction((event: FormEvent<HTMLFormElement>) => handler?.(event), submitted, false)
        // React also hands up the submits of forms in portals.
        return (event) => (event.target === event.currentTarget ? tracked(event) : handler?.(event))
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

/** The component that is mounted: its props, and where its facts go. */
interface Source {
  readonly latest: RefObject<ErasedFormOptions>
  readonly report: Report
  readonly tracker: AnyTracker
  readonly warn: ReturnType<typeof createWarn>
}

/** An observer that speaks for one component after the other. */
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
        const event = source.report.about().events['success']
        partsOf(source.tracker)?.noteUnknown({ form, event, attemptId, why })
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

/** By form: each page of it is a component of its own. */
const shared = new WeakMap<AnyTracker, Map<string, Following>>()

function sharedBy(tracker: AnyTracker, name: string): Following {
  const forms = shared.get(tracker) ?? new Map<string, Following>()
  shared.set(tracker, forms)
  const following = forms.get(name) ?? createFollowing()
  forms.set(name, following)
  return following
}

/**
 * Observes a form element that you render, as `TrackedForm` does. Destructure the result: the hooks linter
 * and the React Compiler take an object with a `ref` for a ref, which may not be read while rendering.
 *
 * @example
 * const { ref, onSubmit } = useTrackedForm({ name: 'demo', events: { success: 'demo_booked' } })
 * return <form ref={ref} onSubmit={onSubmit(save)}>…</form>
 */
export const useTrackedForm = useFormHandle as unknown as UseTrackedForm

/** While it renders on a server: wrapped, the form would not work without JavaScript. A browser gets a plain function. */
function needsServer(action: object): boolean {
  return '$$FORM_ACTION' in action
}

function outcomeHint(name: string, why: UnknownReason): string {
  return `The form "${name}" was submitted, and its outcome is unknown: ${unknownWords[why]}. Neither success nor failure is counted. ${outcomeAdvice}`
}
