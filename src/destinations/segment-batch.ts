import type { TrackedEvent } from '../engine/types.ts'
import type { Encoding } from './encode.ts'

export interface SegmentBatchOptions {
  readonly writeKey: string
}

/**
 * The batch call of Segment's HTTP API, which open-source gateways accept too
 * (https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#batch). The write key travels in
 * the body, so that no header asks for a preflight.
 */
export function segmentBatch({ writeKey }: SegmentBatchOptions): Encoding {
  const key = JSON.stringify(writeKey)
  return {
    item: (event) => JSON.stringify(trackCall(event)),
    batch: (items, { sentAt }) =>
      `{"writeKey":${key},"sentAt":"${new Date(sentAt).toISOString()}","batch":[${items}]}`,
  }
}

function trackCall(event: TrackedEvent) {
  const { id, name, time, anonymousId, userId, page, sessionId, context, properties, value } = event
  const { version, stage, intent, goal, consent, sampleRate, trigger, issues } = event
  const { plan, planVersion, storage, landing, device, visitor, bot, scope, traits } = context
  const { url, path, title, referrer } = page
  return {
    type: 'track',
    messageId: id,
    event: name,
    anonymousId,
    userId,
    timestamp: new Date(time).toISOString(),
    properties: { ...value, ...properties },
    context: {
      page: { url, path, title, referrer },
      campaign: landing === 'unknown' ? undefined : landing?.campaign,
      locale: device?.language,
      timezone: device?.timeZone,
      traits,
      sessionId,
      // Of ours: Segment's common fields have no place for it.
      microconversion: {
        ...{ version, stage, intent, goal, consent, sampleRate, trigger, issues },
        ...{ plan, planVersion, storage, landing, device, visitor, bot, scope },
      },
    },
  }
}
