import type {
  Anomaly,
  Cause,
  ConsentSnapshot,
  Decision,
  Delivery,
  DeliveryRequest,
  DeliveryState,
  Issue,
  Outcome,
  PersonalDataKind,
  Reason,
  RecordState,
  RuleState,
} from '../../engine/types.ts'
import type { FrequencyRule, FrequencyScope } from '../../plan/frequency.ts'
import { consentWords, findingWords } from '../parts/detail-words.ts'
import { deliveryWords, outcomeWords, reasonWords } from '../parts/words.ts'
import { hiddenKey } from './redact.ts'
import {
  keyFunction,
  MAX_FILE_BYTES,
  SESSION_FORMAT,
  SESSION_VERSION,
  type Session,
  unlimited,
} from './session-file.ts'

export type Opened = { readonly session: Session } | { readonly problem: string }

const MAX_DECISIONS = 10_000

/** A session file, or a HAR file that this overlay has written: checked field by field. Never throws, fires nothing. */
export function readSession(text: string): Opened {
  if (text.length > MAX_FILE_BYTES) return { problem: 'The file is larger than 40 MB.' }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return {
      problem: /^\s*[{[]/.test(text)
        ? 'The file is no complete JSON: it is cut off or damaged. Save it again.'
        : 'The file is no JSON. Choose one that was saved here as “Session (JSON)”.',
    }
  }
  try {
    const given = asObject(value, 'The file')
    const log = given['log']
    const file = log === undefined ? given : asObject(asObject(log, 'log')['_session'], 'log._session')
    return { session: checked(file) }
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message }
    throw error
  }
}

function checked(file: Json): Session {
  if (file['format'] !== SESSION_FORMAT)
    throw new Unreadable(`The file is no session: its format is not “${SESSION_FORMAT}”.`)
  const version = file['version']
  if (typeof version === 'number' && version > SESSION_VERSION)
    throw new Unreadable(
      `The file has version ${version} of its format, and this overlay reads version ${SESSION_VERSION}. Update react-microconversions.`,
    )
  const read = session(file, '')
  const disorder = read.decisions.findIndex(
    (each, index, all) => each.number <= (all[index - 1]?.number ?? 0),
  )
  if (disorder >= 0) refuse(`decisions[${disorder}].number`, 'above the one before')
  return read
}

class Unreadable extends Error {}

type Json = Readonly<Record<string, unknown>>
/** Takes what it knows; `at` is where, for the message. */
type Read<T> = (value: unknown, at: string) => T

function refuse(at: string, wanted: string): never {
  throw new Unreadable(`The session cannot be read: ${at} is not ${wanted}.`)
}

function asObject(value: unknown, at: string): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : refuse(at, 'an object')
}

const text: Read<string> = (value, at) => (typeof value === 'string' ? value : refuse(at, 'a text'))
const flag: Read<boolean> = (value, at) => (typeof value === 'boolean' ? value : refuse(at, 'true or false'))
const number: Read<number> = (value, at) =>
  typeof value === 'number' && Number.isFinite(value) ? value : refuse(at, 'a number')
/** Epoch ms that a Date can show. */
const time: Read<number> = (value, at) =>
  Math.abs(number(value, at)) <= 8.64e15 ? (value as number) : refuse(at, 'a time')
const anything: Read<unknown> = (value) => value

const exactly =
  <const T extends string | number>(wanted: T): Read<T> =>
  (value, at) =>
    value === wanted ? wanted : refuse(at, JSON.stringify(wanted))

const keyOf =
  <T extends string>(words: Readonly<Record<T, unknown>>): Read<T> =>
  (value, at) =>
    typeof value === 'string' && Object.hasOwn(words, value)
      ? (value as T)
      : refuse(at, `one of ${Object.keys(words).join(', ')}`)

const optional =
  <T>(read: Read<T>): Read<T | undefined> =>
  (value, at) =>
    value === undefined ? undefined : read(value, at)

const list =
  <T>(read: Read<T>): Read<readonly T[]> =>
  (value, at) => {
    if (!Array.isArray(value)) return refuse(at, 'a list')
    if (value.length > MAX_DECISIONS) return refuse(at, `shorter than ${MAX_DECISIONS}`)
    return value.map((item, index) => read(item, `${at}[${index}]`))
  }

const byName =
  <T>(read: Read<T>): Read<Readonly<Record<string, T>>> =>
  (value, at) =>
    Object.fromEntries(
      Object.entries(asObject(value, at)).map(([name, item]) => [name, read(item, `${at}.${name}`)]),
    )

type Fields<T> = { readonly [Key in keyof T]-?: Read<T[Key]> }

/** Every field of the type, and no other; those without a value stay away. */
const object =
  <T extends object>(fields: Fields<T>): Read<T> =>
  (value, at) => {
    const given = asObject(value, at || 'The file')
    const read = Object.entries<Read<unknown>>(fields as Record<string, Read<unknown>>).map(
      ([name, field]) => [name, field(given[name], at ? `${at}.${name}` : name)] as const,
    )
    return Object.fromEntries(read.filter(([, item]) => item !== undefined)) as T
  }

const outcome: Read<Outcome> = keyOf(outcomeWords)
const reason: Read<Reason> = keyOf(reasonWords)
const verdict = object<{ readonly outcome: Outcome; readonly reason: Reason }>({ outcome, reason })
const consent: Read<ConsentSnapshot> = byName(keyOf(consentWords))

const per: Read<FrequencyScope> = (value, at) =>
  typeof value === 'object'
    ? object<{ readonly windowMs: number }>({ windowMs: number })(value, at)
    : keyOf<Extract<FrequencyScope, string>>({ page: 0, tab: 0, session: 0, user: 0 })(value, at)

const ruleKey: Read<FrequencyRule['key']> = (value, at) =>
  value === undefined || value === 'fact' ? value : exactly(keyFunction)(value, at) && hiddenKey

const rule = object<RuleState>({
  rule: object<FrequencyRule>({
    max: (value, at) => (value === unlimited ? Number.POSITIVE_INFINITY : number(value, at)),
    per,
    key: ruleKey,
    minGapMs: optional(number),
  }),
  per,
  key: text,
  count: number,
  earlier: optional(time),
  open: flag,
  opensAt: optional(time),
})

const request = object<DeliveryRequest>({
  requestId: text,
  transport: keyOf({ fetch: 0, keepalive: 0, beacon: 0, send: 0 }),
  url: optional(text),
  eventIds: list(text),
  sentAt: time,
  answeredAt: optional(time),
  status: optional(number),
  retryAfter: optional(text),
  body: optional(text),
  error: optional(text),
})

const delivery = object<Delivery>({
  state: keyOf<DeliveryState>(deliveryWords),
  attempts: number,
  error: optional(text),
  nextAt: optional(time),
  queuedAt: optional(time),
  waits: optional(keyOf({ breaker: 0, 'retry-after': 0, offline: 0 })),
  requests: optional(list(request)),
  notes: optional(list(text)),
  payload: anything,
})

const anomalyKind: Read<Anomaly['kind']> = keyOf({
  'skipped-step': 0,
  'missing-start': 0,
  'double-macro': 0,
})

const decision = object<Decision>({
  number,
  event: text,
  outcome,
  reason,
  time,
  page: object<Decision['page']>({
    number,
    url: text,
    path: text,
    title: text,
    referrer: text,
    type: optional(text),
  }),
  trigger: object<Decision['trigger']>({
    component: text,
    fact: text,
    factKey: optional(text),
    attemptId: optional(text),
    fromEffect: optional(flag),
    synthetic: optional(keyOf({ kept: 0, delivered: 0 })),
  }),
  scope: byName(anything),
  properties: optional(byName(anything)),
  issues: optional(
    list(
      object<Issue>({
        message: text,
        path: optional(list(text)),
        kind: optional(keyOf({ cleaned: 0, id: 0 })),
      }),
    ),
  ),
  leftOut: optional(list(text)),
  personalData: optional(
    list(
      object<NonNullable<Decision['personalData']>[number]>({
        kind: keyOf<PersonalDataKind>(findingWords),
        path: text,
      }),
    ),
  ),
  frequency: list(rule),
  would: optional(verdict),
  consent,
  sampleRate: number,
  deliveries: byName(delivery),
  eventId: optional(text),
  unsettled: optional(flag),
  causes: optional(
    list(
      object<Cause>({
        event: text,
        time,
        number: optional(number),
        eventId: optional(text),
        sentTo: optional(list(text)),
      }),
    ),
  ),
  dueAt: optional(time),
  anomalies: optional(
    list(object<Anomaly>({ kind: anomalyKind, funnel: optional(text), missing: optional(text) })),
  ),
  first: optional(verdict),
})

const counted: Read<RecordState['counts']> = byName(
  object<Record<Outcome, number>>({ fired: number, held: number, dropped: number, shadowed: number }),
)

const session = object<Session>({
  format: exactly(SESSION_FORMAT),
  version: exactly(SESSION_VERSION),
  plan: object<Session['plan']>({ name: text, version: text }),
  library: text,
  made: time,
  allowed: list(text),
  notes: optional(text),
  consent,
  storage: keyOf<RecordState['storage']>({ memory: 0, persistent: 0 }),
  forgotten: number,
  counts: counted,
  delivered: byName(byName(number)),
  personalData: byName(number),
  anomalies: byName(number),
  decisions: list(decision),
})
