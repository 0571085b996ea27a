import {
  anyObject,
  boolean,
  either,
  filledText,
  integer,
  listOf,
  matching,
  number,
  object,
  oneOf,
  recordOf,
  type Shape,
  text,
} from './shape.ts'

/** End of the year 9999 in epoch ms: stores cannot read the day of a later time. */
export const MAX_TIME = 253_402_300_799_999

export const uuid: Shape = matching(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i)
export const time: Shape = number(0, MAX_TIME)
const eventId = matching(/^\P{Cc}+$/u, 100)
const share = number(0, 1)

const device = object({
  class: oneOf('mobile', 'tablet', 'desktop'),
  viewport: object({ width: number(), height: number() }),
  language: text,
  timeZone: text,
})

const landing = object(
  {
    url: text,
    path: text,
    referrer: text,
    referrerClass: oneOf('direct', 'internal', 'search', 'social', 'mail', 'ai', 'other'),
  },
  {
    campaign: object(
      {},
      Object.fromEntries(
        ['id', 'source', 'medium', 'name', 'term', 'content', 'click', 'clickId'].map((key) => [key, text]),
      ),
    ),
  },
)

const triggerFields = { component: text, fact: text }
const triggerOptions = { factKey: text, attemptId: text, fromEffect: boolean }

const user = object({ visit: integer(1), returning: boolean }, { daysSinceLast: integer(0) })
const consent = recordOf(oneOf('pending', 'granted', 'denied'))
const storage = oneOf('memory', 'persistent')
const pageFields = { number: integer(1), url: text, path: text, title: text }

/** Fields of the event in both versions of the wire format. */
const ownFields = { id: eventId, name: filledText, properties: anyObject, time }
const ownOptions = {
  stage: text,
  intent: oneOf('low', 'medium', 'high'),
  goal: text,
  value: object({ value: number(), currency: text }),
  issues: listOf(text),
  causes: listOf(eventId),
  dueAt: time,
}

/** Shape of an event in `schema/batch-2.schema.json`. */
export const eventShape = object(ownFields, {
  ...ownOptions,
  version: text,
  context: integer(0),
  page: integer(0),
  scope: anyObject,
  replay: matching(/^/, 500),
  sampleRate: share,
  rollout: share,
  shadow: oneOf(true),
  trigger: object(triggerFields, { ...triggerOptions, synthetic: oneOf('delivered') }),
})

export const pageShape = object(pageFields, { referrer: text, type: text })

export const contextShape = object(
  {
    plan: text,
    planVersion: text,
    library: text,
    anonymousId: uuid,
    sessionId: uuid,
    consent,
    device,
  },
  {
    release: text,
    userId: text,
    storage,
    landing,
    user,
    bot: boolean,
    traits: anyObject,
    experiments: recordOf(matching(/^/, 100), 20),
  },
)

/** Shape of a `ServerEvent`. */
export const serverEventShape = object(
  { ...ownFields, plan: text, planVersion: text, version: text, consent },
  {
    userId: text,
    anonymousId: uuid,
    sessionId: uuid,
    stage: text,
    intent: ownOptions.intent,
    goal: text,
    value: ownOptions.value,
    issues: ownOptions.issues,
    shadow: oneOf(true),
  },
)

/** Shape of an event in `schema/batch-1.schema.json`, with its own context and page. */
export const eventShapeOfVersion1 = object(
  {
    ...ownFields,
    version: text,
    page: object({ ...pageFields, referrer: text }, { type: text }),
    sessionId: uuid,
    anonymousId: uuid,
    context: object(
      {
        plan: text,
        planVersion: text,
        storage,
        scope: anyObject,
        landing: either(oneOf('unknown'), landing),
        device,
        bot: boolean,
      },
      { visitor: user, traits: anyObject },
    ),
    consent,
    sampleRate: share,
    trigger: object(triggerFields, triggerOptions),
  },
  { ...ownOptions, userId: text },
)
