import type { Issue } from '../../engine/decision/issue.ts'
import type { Delivery, DeliveryRequest, DeliveryState } from '../../engine/delivery/delivery.ts'
import type { Anomaly } from '../../engine/journey/journey-view.ts'
import type { ConsentSnapshot } from '../../engine/permission/consent-types.ts'
import type { PersonalDataKind } from '../../engine/personal-data/finding.ts'
import type { Cause } from '../../engine/pipeline/occurrence.ts'
import type { Decision, Outcome, Reason, RuleState } from '../../engine/record/decision.ts'
import type { RecordState } from '../../engine/record/record-view.ts'
import type { FrequencyRule, RuleScope } from '../../plan/frequency.ts'
import { consentWords, findingWords } from '../parts/detail-words.ts'
import { shorten } from '../parts/plain-value.ts'
import { plural } from '../parts/time-words.ts'
import { deliveryWords, outcomeWords, reasonWords } from '../parts/words.ts'
import { NoSession, nextTask, type ParsedFile, parseFile } from './parse-file.ts'
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
/**
 * Maximum entries of a list or an object within a decision, characters of a text, and levels of a value. A real record
 * has far fewer.
 */
const MAX_ENTRIES = 1_000
const MAX_TEXT = 20_000
const MAX_LEVELS = 30
/** Characters of JSON that one task parses and validates. */
const SLICE = 500_000

export const TOO_LARGE = `The file is larger than ${MAX_FILE_BYTES / 1_000_000} MB, which is more than a session of ${plural(MAX_DECISIONS, 'attempt')} has. Save fewer attempts: choose “Those that the timeline’s filter leaves”.`

/**
 * Reads a session file, or a HAR file written by this overlay, and validates every field: in slices, so that the page
 * answers meanwhile. Resolves to a `problem` for a file that it cannot read. Fires nothing.
 */
export async function readSession(text: string): Promise<Opened> {
  if (text.length > MAX_FILE_BYTES) return { problem: TOO_LARGE }
  try {
    return { session: await checked(await parseFile(text)) }
  } catch (error) {
    return { problem: problemOf(error, text) }
  }
}

function problemOf(error: unknown, text: string): string {
  if (error instanceof Unreadable) return error.message
  if (error instanceof NoSession) return `The file is no session: ${error.message}.`
  if (!(error instanceof SyntaxError)) throw error
  return /^\s*[{[]/.test(text)
    ? 'The file is no complete JSON: it is cut off or damaged. Save it again.'
    : 'The file is no JSON. Choose one that was saved here as “Session (JSON)”.'
}

async function checked({ head, items }: ParsedFile): Promise<Session> {
  const given = asObject(head, 'The file')
  const log = given['log']
  const file = log === undefined ? given : asObject(asObject(log, 'log')['_session'], 'log._session')
  if (file['format'] !== SESSION_FORMAT)
    throw new Unreadable(`The file is no session: its format is not “${SESSION_FORMAT}”.`)
  const version = file['version']
  if (typeof version === 'number' && version > SESSION_VERSION)
    throw new Unreadable(
      `The file has version ${version} of its format, and this overlay reads version ${SESSION_VERSION}. Update react-microconversions.`,
    )
  const read = session(file, '')
  list(anything)(file['decisions'], 'decisions')
  return { ...read, decisions: await decisionsOf(items) }
}

async function decisionsOf(items: readonly string[]): Promise<readonly Decision[]> {
  if (items.length > MAX_DECISIONS) refuse('decisions', `shorter than ${MAX_DECISIONS + 1}`)
  const decisions: Decision[] = []
  let left = SLICE
  for (const [index, item] of items.entries()) {
    left -= item.length
    if (left < 0) {
      await nextTask()
      left = SLICE
    }
    const next = decision(JSON.parse(item), `decisions[${index}]`)
    if (next.number <= (decisions.at(-1)?.number ?? 0))
      refuse(`decisions[${index}].number`, 'above the one before')
    decisions.push(next)
  }
  return decisions
}

class Unreadable extends Error {}

type Json = Readonly<Record<string, unknown>>
/** Validates a value and returns its known parts. `at` is the path for the error message. */
type Read<T> = (value: unknown, at: string) => T

function refuse(at: string, wanted: string): never {
  throw new Unreadable(`The session cannot be read: ${at} is not ${wanted}.`)
}

function asObject(value: unknown, at: string): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : refuse(at, 'an object')
}

/** Cuts a text that no record has, and that would stall the view. */
const text: Read<string> = (value, at) =>
  typeof value === 'string' ? shorten(value, MAX_TEXT) : refuse(at, 'a text')
const flag: Read<boolean> = (value, at) => (typeof value === 'boolean' ? value : refuse(at, 'true or false'))
const number: Read<number> = (value, at) =>
  typeof value === 'number' && Number.isFinite(value) ? value : refuse(at, 'a number')
/** Epoch ms in the range of a `Date`. */
const time: Read<number> = (value, at) =>
  Math.abs(number(value, at)) <= 8.64e15 ? (value as number) : refuse(at, 'a time')
const anything: Read<unknown> = (value) => value

/** Reads a value of the application. Refuses one that would stall the view. */
const valueAt =
  (level: number): Read<unknown> =>
  (value, at) => {
    if (typeof value === 'string') return text(value, at)
    if (typeof value !== 'object' || value === null) return value
    if (level === MAX_LEVELS) return refuse(at, `at most ${MAX_LEVELS} levels deep`)
    return (Array.isArray(value) ? list : byName)(valueAt(level + 1))(value, at)
  }
const anyValue = valueAt(0)

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
  <T>(read: Read<T>, most = MAX_ENTRIES): Read<readonly T[]> =>
  (value, at) => {
    if (!Array.isArray(value)) return refuse(at, 'a list')
    if (value.length > most) return refuse(at, `shorter than ${most + 1}`)
    return value.map((item, index) => read(item, `${at}[${index}]`))
  }

const byName =
  <T>(read: Read<T>): Read<Readonly<Record<string, T>>> =>
  (value, at) => {
    const entries = Object.entries(asObject(value, at))
    if (entries.length > MAX_ENTRIES) return refuse(at, `an object of at most ${MAX_ENTRIES} entries`)
    return Object.fromEntries(
      entries.map(([name, item]) => [shorten(name), read(item, `${at}.${shorten(name)}`)]),
    )
  }

type Fields<T> = { readonly [Key in keyof T]-?: Read<T[Key]> }

/** Reads the fields of the type and drops all others. Omits fields without a value. */
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

const per: Read<RuleScope> = (value, at) =>
  typeof value === 'object'
    ? object<{ readonly windowMs: number }>({ windowMs: number })(value, at)
    : keyOf<Extract<RuleScope, string>>({ page: 0, tab: 0, session: 0, user: 0 })(value, at)

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
  payload: anyValue,
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
  scope: byName(anyValue),
  experiments: optional(byName(text)),
  replay: optional(text),
  properties: optional(byName(anyValue)),
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

/** Reads a session without its decisions. */
const session = object<Omit<Session, 'decisions'>>({
  format: exactly(SESSION_FORMAT),
  version: exactly(SESSION_VERSION),
  plan: object<Session['plan']>({ name: text, version: text }),
  library: text,
  made: time,
  allowed: list(text, MAX_DECISIONS),
  notes: optional(text),
  consent,
  storage: keyOf<RecordState['storage']>({ memory: 0, persistent: 0 }),
  forgotten: number,
  counts: counted,
  delivered: byName(byName(number)),
  personalData: byName(number),
  anomalies: byName(number),
})
