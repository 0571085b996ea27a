import { codeOf, fieldsOf, type OriginOptions, originsLike } from './protocol.ts'
import { minutesOf, type SchedulerProtocol } from './scheduler-signal.ts'

/**
 * Returns the adapter of HubSpot's meetings. It reads `meetingBookSucceeded`, which HubSpot sends and does not document:
 * compare your bookings with HubSpot's report from time to time. Passes on the type of the link (such as
 * `PERSONAL_LINK`) and the duration; nothing about the contact. HubSpot says nothing when a slot is selected.
 *
 * @example
 * const { ref } = useScheduler({ name: 'demo', provider: hubspotMeetings() })
 */
export function hubspotMeetings(options?: OriginOptions): SchedulerProtocol {
  return {
    provider: 'hubspot',
    trusts: originsLike(/^https:\/\/(?:meetings(?:-[a-z\d]+)?|app(?:-[a-z\d]+)?)\.hubspot\.com$/, options),
    silent: true,
    read(data) {
      const { meetingBookSucceeded, meetingsPayload } = fieldsOf(data)
      if (meetingBookSucceeded === undefined) return undefined
      if (meetingBookSucceeded !== true) return 'malformed'
      const { linkType, bookingResponse } = fieldsOf(meetingsPayload)
      const { duration } = fieldsOf(fieldsOf(bookingResponse)['event'])
      return { fact: 'booked', meetingType: codeOf(linkType), minutes: minutesOf(duration) }
    },
  }
}
