'use client'

import { type RefCallback, useMemo } from 'react'
import type { SchedulerProtocol, SchedulerSignal } from '../../embeds/scheduler-signal.ts'
import type { SchedulerFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { contain } from '../../triggers/contained.ts'
import { watchInView } from '../../triggers/in-view.ts'
import { useTracker } from '../context.ts'
import type { TrackedFormHandle } from '../forms/use-tracked-form.ts'
import { useFacts } from '../hooks/use-facts.ts'
import type { FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import type { FactOptions, Report } from '../wiring/report.ts'
import { useLatest } from '../wiring/use-latest.ts'
import { attemptOf, type EmbedAttempt, secondsSince } from './embed-attempts.ts'
import { type IgnoredMessages, useEmbed } from './use-embed.ts'

/** Options of `useScheduler` and `TrackedScheduler`, without their events. */
export interface SchedulerOptions {
  /** Name of the scheduler, reported as `form_name`. Give each scheduler of a page its own. */
  readonly name: string
  /**
   * Adapter of the service: `calendly()`, `calCom()`, `hubspotMeetings()`, or your own. Default: none; call the
   * functions of the handle.
   */
  readonly provider?: SchedulerProtocol | undefined
  /**
   * Form that the scheduler is a part of: its handle from `useTrackedForm` then reports `form_calendar` and `form_slot`,
   * with its own step. Default: none; the scheduler reports them itself.
   */
  readonly form?: Pick<TrackedFormHandle, 'calendarOpened' | 'slotSelected'> | undefined
}

/** Details of a booked meeting. */
export interface BookedMeeting {
  /** Kind of meeting: an id or a constant, never the title, which often has names. */
  readonly meetingType?: string | undefined
  /** Duration in minutes. */
  readonly minutes?: number | undefined
}

/** Ref and functions that `useScheduler` returns. */
export interface SchedulerHandle {
  /** Ref for an element around the embed. Leave it out for a dialog that the service opens itself. */
  readonly ref: RefCallback<Element>
  /** Reports that the user opened the scheduler. The adapter calls it. */
  readonly opened: () => void
  /** Reports that the user selected a slot: `onClick={slotSelected}`. The adapter calls it. */
  readonly slotSelected: () => void
  /** Reports a booking. The adapter calls it. */
  readonly booked: (meeting?: BookedMeeting) => void
  /** Reports a failure. `errorCode` is a code, never a message. Default `'error'`. The adapter calls it. */
  readonly failed: (errorCode?: string) => void
  /** Returns how many messages looked like the service's and did not count. */
  readonly ignored: () => IgnoredMessages
}

/** Type of `useScheduler` for the events `E` of a plan. */
export interface UseScheduler<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<SchedulerFacts> = {},
  >(
    options: SchedulerOptions & FactEvents<E, SchedulerFacts, Given, Events>,
  ): SchedulerHandle
}

export type ErasedSchedulerOptions = SchedulerOptions & Pick<FactOptions, 'events' | 'properties'>

/** Share of the frame that has to be in view for the scheduler to count as opened. */
const IN_VIEW = 0.5

const standard: Readonly<Record<keyof SchedulerFacts, string>> = {
  open: 'form_calendar',
  slot: 'form_slot',
  booked: 'meeting_booked',
  failed: 'meeting_failed',
}

export function useSchedulerHandle(options: ErasedSchedulerOptions): SchedulerHandle {
  const { name, provider, events, properties } = options
  const tracker = useTracker()
  const report = useFacts(standard, { component: 'TrackedScheduler', name, events, properties })
  const latest = useLatest({ ...options, tracker })
  const handle = useMemo(() => {
    const attempt = (anew?: (last: EmbedAttempt) => boolean) =>
      attemptOf(latest.current.tracker, `scheduler:${latest.current.name}`, anew)
    const base = () => latest.current
    const opened = () => open(attempt(), base(), report)
    const safely =
      <Given extends unknown[]>(run: (...given: Given) => void) =>
      (...given: Given) =>
        void contain(report.failed, () => run(...given))
    return {
      opened: safely(opened),
      slotSelected: safely(() => select(attempt(isBooked), base(), report)),
      booked: safely((meeting?: BookedMeeting) => book(attempt(), base(), report, meeting)),
      failed: safely((errorCode: string = 'error') => fail(attempt(), base(), report, errorCode)),
    }
  }, [latest, report])
  const embed = useEmbed<SchedulerSignal>(report, {
    name,
    provider,
    loaded: (frame) =>
      watchInView(frame, (sights) => {
        if (sights.some(({ share }) => share >= IN_VIEW)) handle.opened()
      }),
    signal: ({ fact, errorCode, meetingType, minutes }) => {
      if (fact === 'slot') handle.slotSelected()
      if (fact === 'booked') handle.booked({ meetingType, minutes })
      if (fact === 'failed') handle.failed(errorCode)
    },
  })
  const { ref, ignored } = embed
  return useMemo(() => ({ ...handle, ref, ignored }), [handle, ref, ignored])
}

const isBooked = ({ told }: EmbedAttempt) => told.has('booked')

function tell(
  fact: keyof SchedulerFacts,
  { id: attemptId, told }: EmbedAttempt,
  { name, provider }: SchedulerOptions,
  report: Report,
  more: object = {},
): void {
  told.add(fact)
  const step = { form_name: name, form_id: '', step_name: '', step_index: 0, steps_total: 0 }
  const payload = { ...step, scheduler_provider: provider?.provider ?? '', ...more }
  report({ fact, factKey: `${name}:${attemptId}`, attemptId, payload })
}

function open(attempt: EmbedAttempt, options: SchedulerOptions, report: Report): void {
  if (attempt.told.has('open')) return
  secondsSince(attempt)
  attempt.told.add('open')
  if (options.form) options.form.calendarOpened()
  else tell('open', attempt, options, report)
}

/** A user who selects or books has opened the scheduler, whether or not it was seen. */
function select(attempt: EmbedAttempt, options: SchedulerOptions, report: Report): void {
  open(attempt, options, report)
  if (options.form) options.form.slotSelected()
  else tell('slot', attempt, options, report, { seconds_since_start: secondsSince(attempt) })
}

function book(
  attempt: EmbedAttempt,
  options: SchedulerOptions,
  report: Report,
  meeting: BookedMeeting = {},
): void {
  if (isBooked(attempt)) return
  open(attempt, options, report)
  const { meetingType, minutes } = meeting
  tell('booked', attempt, options, report, {
    seconds_since_start: secondsSince(attempt),
    ...(meetingType !== undefined && { meeting_type: meetingType }),
    ...(minutes !== undefined && { meeting_minutes: minutes }),
  })
}

function fail(attempt: EmbedAttempt, options: SchedulerOptions, report: Report, error_code: string): void {
  tell('failed', attempt, options, report, { error_code, seconds_since_start: secondsSince(attempt) })
}

/**
 * Reports what the user does in an embedded scheduler: opened, slot selected, booked, failed. Reads the messages that
 * the service's page sends from its own origin, and passes on none of their personal data. Never loads the service.
 * Each booking counts once, also under StrictMode and after a re-mount.
 *
 * @example
 * const { ref } = useScheduler({ name: 'demo', provider: calendly(), events: { booked: 'demo_booked' } })
 * return <div ref={ref}><InlineWidget url="https://calendly.com/acme/demo" /></div>
 */
export const useScheduler = useSchedulerHandle as unknown as UseScheduler
