import { codeOf, fieldsOf, type OriginOptions, originsLike, type Reading } from './protocol.ts'
import { minutesOf, type SchedulerProtocol, type SchedulerSignal } from './scheduler-signal.ts'

/**
 * Returns the adapter of Cal.com (`@calcom/embed-react` 1.5, `embed-core` 1.5). It reads the messages that Cal.com's own
 * `Cal('on', …)` reads, because that function also passes on messages from other origins. Passes on the id of the event
 * type and the duration; no title, no address, no time. Cal.com says nothing when a slot is selected.
 *
 * @example
 * const { ref } = useScheduler({ name: 'demo', provider: calCom() })
 */
export function calCom(options?: OriginOptions): SchedulerProtocol {
  return {
    provider: 'cal.com',
    trusts: originsLike(/^https:\/\/(?:[\w-]+\.)?cal\.(?:com|eu)$/, options),
    read(given) {
      const { fullType, type, data } = fieldsOf(given)
      if (typeof fullType !== 'string' || !fullType.startsWith('CAL:')) return undefined
      return typeof type === 'string' ? signalOf(type, data) : 'malformed'
    },
  }
}

function signalOf(type: string, data: unknown): Reading<SchedulerSignal> {
  const { eventTypeId, startTime, endTime, code } = fieldsOf(data)
  if (type === 'linkReady') return { fact: 'ready' }
  if (type === 'linkFailed') return { fact: 'failed', errorCode: codeOf(code) }
  if (type !== 'bookingSuccessfulV2') return undefined
  if (typeof data !== 'object') return 'malformed'
  const minutes = minutesOf(Date.parse(String(endTime)) - Date.parse(String(startTime)))
  return { fact: 'booked', meetingType: codeOf(eventTypeId), minutes }
}
