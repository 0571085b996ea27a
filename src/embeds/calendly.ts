import { fieldsOf, type OriginOptions, originsLike } from './protocol.ts'
import type { SchedulerProtocol, SchedulerSignal } from './scheduler-signal.ts'

const facts: Readonly<Record<string, SchedulerSignal['fact'] | ''>> = {
  profile_page_viewed: 'ready',
  event_type_viewed: 'ready',
  date_and_time_selected: 'slot',
  event_scheduled: 'booked',
  page_height: '',
}

/**
 * Returns the adapter of Calendly, for its inline, pop-up and badge embeds. Reads the name of the message only: the
 * addresses of meeting and invitee are not passed on.
 *
 * @see https://developer.calendly.com/api-docs/overview/embedding/notifying-the-parent-window
 * @example
 * const { ref } = useScheduler({ name: 'demo', provider: calendly() })
 */
export function calendly(options?: OriginOptions): SchedulerProtocol {
  return {
    provider: 'calendly',
    trusts: originsLike(/^https:\/\/calendly\.com$/, options),
    read(data) {
      const { event } = fieldsOf(data)
      if (typeof event !== 'string' || !event.startsWith('calendly.')) return undefined
      const fact = facts[event.slice(9)]
      return fact ? { fact } : fact === '' ? undefined : 'malformed'
    },
  }
}
