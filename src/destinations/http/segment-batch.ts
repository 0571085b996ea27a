import type { TrackedEvent } from '../../engine/pipeline/tracked-event.ts'
import { type Encoding, jsonOf } from './encode.ts'

/** Options of `segmentBatch`. */
export interface SegmentBatchOptions {
  /** Write key of the source in Segment. */
  readonly writeKey: string
}

/**
 * Returns the encoding for the batch call of Segment's HTTP API, which open-source gateways also accept
 * (https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#batch). The write key is part of the
 * body, so that no header causes a preflight.
 */
export function segmentBatch({ writeKey }: SegmentBatchOptions): Encoding {
  const key = JSON.stringify(writeKey)
  return {
    item: (event) => jsonOf(trackCall(event)),
    batch: (items, { sentAt }) =>
      `{"writeKey":${key},"sentAt":"${new Date(sentAt).toISOString()}","batch":[${items}]}`,
  }
}

function trackCall(event: TrackedEvent) {
  const { id, name, time, anonymousId, userId, page, sessionId, context, properties, value } = event
  const { version, stage, intent, goal, consent, sampleRate, rollout, shadow, trigger, issues } = event
  const {
    plan,
    planVersion,
    release,
    storage,
    landing,
    device,
    user,
    bot,
    scope,
    traits,
    experiments,
    replay,
  } = context
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
      // Fields of this library that have no place among Segment's common fields.
      microconversion: {
        ...{ version, stage, intent, goal, consent, sampleRate, rollout, shadow, trigger, issues },
        ...{ plan, planVersion, release, storage, landing, device, user, bot, scope, experiments, replay },
      },
    },
  }
}
