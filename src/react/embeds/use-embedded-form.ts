'use client'

import { type RefCallback, useMemo } from 'react'
import type { EmbeddedFormProtocol, FormSignal } from '../../embeds/form-signal.ts'
import type { FormFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { contain, contained } from '../../triggers/contained.ts'
import { useTracker } from '../context.ts'
import { useFacts } from '../hooks/use-facts.ts'
import type { FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import type { FactOptions, Report } from '../wiring/report.ts'
import { useLatest } from '../wiring/use-latest.ts'
import { attemptOf, type EmbedAttempt, secondsSince } from './embed-attempts.ts'
import { type IgnoredMessages, useEmbed } from './use-embed.ts'

/** Facts that an embedded form reports: those of `TrackedForm` that its service tells. */
export type EmbeddedFormFacts = Pick<FormFacts, 'start' | 'step' | 'submit' | 'success' | 'failure'>

/** Options of `useEmbeddedForm`, without its events. */
export interface EmbeddedFormOptions {
  /** Name of the form, reported as GA4's `form_name`. Give each form of a page its own. */
  readonly name: string
  /**
   * Adapter of the service: `typeform()`, `hubspotForm()`, or your own. Default: none; call the functions of the
   * handle.
   */
  readonly provider?: EmbeddedFormProtocol | undefined
}

/** Ref and functions that `useEmbeddedForm` returns. */
export interface EmbeddedFormHandle {
  /** Ref for an element around the embed. Leave it out for a dialog that the service opens itself. */
  readonly ref: RefCallback<Element>
  /** Reports that the user began to fill in the form. The adapter calls it. */
  readonly started: () => void
  /** Reports that a step came into view. `name` is an id, never an answer. The adapter calls it. */
  readonly stepReached: (name?: string) => void
  /** Reports that the user submitted the form. The adapter calls it. */
  readonly submitted: () => void
  /** Reports that the service accepted the form. The adapter calls it. */
  readonly succeeded: () => void
  /** Reports a failure. `errorCode` is a code, never a message. Default `'error'`. The adapter calls it. */
  readonly failed: (errorCode?: string) => void
  /** Returns how many messages looked like the service's and did not count. */
  readonly ignored: () => IgnoredMessages
}

/** Type of `useEmbeddedForm` for the events `E` of a plan. */
export interface UseEmbeddedForm<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<EmbeddedFormFacts> = {},
  >(
    options: EmbeddedFormOptions & FactEvents<E, EmbeddedFormFacts, Given, Events>,
  ): EmbeddedFormHandle
}

type ErasedOptions = EmbeddedFormOptions & Pick<FactOptions, 'events' | 'properties'>

const standard: Readonly<Record<keyof EmbeddedFormFacts, string>> = {
  start: 'form_start',
  step: 'form_step',
  submit: 'form_submit',
  success: 'form_success',
  failure: 'form_failure',
}

function useErasedForm(options: ErasedOptions): EmbeddedFormHandle {
  const { name, provider, events, properties } = options
  const tracker = useTracker()
  const report = useFacts(standard, { component: 'EmbeddedForm', name, events, properties })
  const latest = useLatest({ name, tracker })
  const handle = useMemo(() => {
    const filling = (anew: boolean): Filling => {
      const { name, tracker } = latest.current
      return {
        attempt: attemptOf(tracker, `form:${name}`, (last) => anew && hasSucceeded(last)),
        name,
        report,
      }
    }
    const safely =
      <Given extends unknown[]>(run: (filling: Filling, ...given: Given) => void, anew = true) =>
      (...given: Given) =>
        void contain(report.failed, () => run(filling(anew), ...given))
    return {
      started: safely(start),
      stepReached: safely((filling, id?: string) => enter(filling, id), false),
      submitted: safely(submit),
      succeeded: safely(succeed, false),
      failed: safely((filling, errorCode: string = 'error') => fail(filling, errorCode)),
    }
  }, [latest, report])
  const { ref, ignored } = useEmbed<FormSignal>(report, {
    name,
    provider,
    signal({ fact, step, errorCode }) {
      if (fact === 'start') handle.started()
      if (fact === 'step') handle.stepReached(step)
      if (fact === 'submit') handle.submitted()
      if (fact === 'success') handle.succeeded()
      if (fact === 'failure') handle.failed(errorCode)
    },
    // A form that the service renders into the page itself; what the user types in a frame cannot be observed.
    observe(root) {
      const onInput = contained(({ isTrusted }: Event) => isTrusted && handle.started())
      root.addEventListener('input', onInput, true)
      return () => root.removeEventListener('input', onInput, true)
    },
  })
  return useMemo(() => ({ ...handle, ref, ignored }), [handle, ref, ignored])
}

interface Filling {
  readonly attempt: EmbedAttempt
  readonly name: string
  readonly report: Report
}

const hasSucceeded = ({ told }: EmbedAttempt) => told.has('success')

type OwnFacts<F extends keyof EmbeddedFormFacts> = Omit<EmbeddedFormFacts[F], 'form_name' | 'form_id'>

function tell<F extends keyof EmbeddedFormFacts>(
  { attempt, name, report }: Filling,
  fact: F,
  own: OwnFacts<F>,
  key = '',
): void {
  attempt.told.add(fact)
  const payload = { form_name: name, form_id: '', ...own }
  report({ fact, factKey: `${name}:${attempt.id}${key}`, attemptId: attempt.id, payload })
}

const inStep = ({ attempt: { steps, step, stepAtMs } }: Filling) => ({
  step_name: steps[step - 1] ?? '',
  step_index: step,
  steps_total: 0,
  step_seconds: step ? Math.round((performance.now() - stepAtMs) / 100) / 10 : 0,
})

function start(filling: Filling): void {
  if (filling.attempt.told.has('start')) return
  secondsSince(filling.attempt)
  tell(filling, 'start', { form_destination: '', field_name: '' })
}

function enter(filling: Filling, id?: string): void {
  const { attempt } = filling
  const { steps, step } = attempt
  // A screen after the submission, which thanks the user, is no step.
  if (hasSucceeded(attempt)) return
  const name = id ?? `${steps.length + 1}`
  const { step_name: previous_step, step_seconds: previous_step_seconds } = inStep(filling)
  if (name === previous_step) return
  if (!steps.includes(name)) steps.push(name)
  const index = steps.indexOf(name) + 1
  attempt.step = index
  attempt.stepAtMs = performance.now()
  const step_direction = index < step ? 'back' : 'forward'
  const entered = { step_name: name, step_index: index, steps_total: 0 }
  tell(filling, 'step', { ...entered, step_direction, previous_step, previous_step_seconds }, `:${name}`)
}

function submit(filling: Filling): void {
  start(filling)
  if (filling.attempt.told.has('submit')) return
  tell(filling, 'submit', { form_destination: '', form_submit_text: '', navigated: false })
}

/** The service does not say how many fields there are. */
const unknownFields = { fields_total: 0, fields_completed: 0, returns: 0, corrections: 0, errors: 0 }

function succeed(filling: Filling): void {
  if (hasSucceeded(filling.attempt)) return
  submit(filling)
  const progress = {
    ...unknownFields,
    completion_percent: 100,
    seconds_since_start: secondsSince(filling.attempt),
  }
  tell(filling, 'success', { ...inStep(filling), ...progress })
}

function fail(filling: Filling, error_code: string): void {
  start(filling)
  const fields = { invalid_fields: 0, invalid_field_names: '' }
  tell(filling, 'failure', {
    ...inStep(filling),
    error_code,
    ...fields,
    seconds_since_start: secondsSince(filling.attempt),
  })
  filling.attempt.told.delete('submit')
}

/**
 * Reports what the user does in a form that another service embeds, as the facts of `TrackedForm`: start, step,
 * submission, success, failure. Reads no answer and no response id. Never loads the service.
 *
 * @example
 * const { ref } = useEmbeddedForm({ name: 'survey', provider: typeform() })
 * return <div ref={ref}><Widget id={formId} /></div>
 */
export const useEmbeddedForm = useErasedForm as unknown as UseEmbeddedForm
