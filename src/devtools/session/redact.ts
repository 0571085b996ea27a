import type { Delivery, DeliveryRequest } from '../../engine/delivery/delivery.ts'
import type { Cause, Properties } from '../../engine/pipeline/occurrence.ts'
import type { Decision, RuleState } from '../../engine/record/decision.ts'
import { scrub } from '../../support/address.ts'
import { hash } from '../../support/hash.ts'
import { shapeOf } from '../../support/shape.ts'
import { entriesOf, toPlain } from '../parts/plain-value.ts'

/**
 * Names whose values may be shown: properties and scopes by their own name, other texts as `page.title`,
 * `trigger.factKey`, `delivery.error`, `delivery.notes` or `issue.message`.
 */
export type Allowed = ReadonlySet<string>

/** Placeholder for a rule's key function, which a file cannot contain. */
export const hiddenKey = () => ''

/**
 * Returns a decision that is safe to write, copy or share: every value that is not allowed is replaced by its shape.
 */
export function redact(decision: Decision, allowed: Allowed): Decision {
  const text = (name: string, value: string) => (!value || allowed.has(name) ? value : shapeOf(value))
  const { page, trigger, properties, scope, issues, leftOut, personalData, eventId, would, first } = decision
  const { unsettled, causes, dueAt, anomalies, experiments } = decision
  const { factKey, attemptId, fromEffect, synthetic } = trigger
  return {
    number: decision.number,
    event: decision.event,
    outcome: decision.outcome,
    reason: decision.reason,
    time: decision.time,
    page: {
      number: page.number,
      url: scrub(page.url),
      path: scrub(page.path),
      title: text('page.title', page.title),
      referrer: scrub(page.referrer),
      ...(page.type !== undefined && { type: text('page.type', page.type) }),
    },
    trigger: {
      component: trigger.component,
      fact: trigger.fact,
      ...(factKey !== undefined && { factKey: text('trigger.factKey', factKey) }),
      ...(attemptId !== undefined && { attemptId: shortId(attemptId) }),
      ...(fromEffect !== undefined && { fromEffect }),
      ...(synthetic && { synthetic }),
    },
    scope: withoutValues(scope, allowed),
    ...(experiments && { experiments }),
    ...(properties && { properties: withoutValues(properties, allowed) }),
    ...(issues && {
      issues: issues.map(({ message, path, kind }) => ({
        message: text('issue.message', message),
        ...(kind && { kind }),
        ...(path && { path: path.slice(0, 1).map((part) => safeName(keyOf(part), 0)) }),
      })),
    }),
    ...(leftOut && { leftOut: leftOut.map((name) => safeName(name, 0)) }),
    ...(personalData && {
      personalData: personalData.map(({ kind, path }) => ({
        kind,
        path: path.split('.', 2).map(safeName).join('.'),
      })),
    }),
    frequency: decision.frequency.map(withoutKey),
    ...(would && { would: { outcome: would.outcome, reason: would.reason } }),
    consent: { ...decision.consent },
    sampleRate: decision.sampleRate,
    deliveries: Object.fromEntries(
      Object.entries(decision.deliveries).map(([name, delivery]) => [
        name,
        withoutContents(delivery, decision, allowed),
      ]),
    ),
    ...(eventId !== undefined && { eventId: shortId(eventId) }),
    ...(unsettled !== undefined && { unsettled }),
    ...(causes && { causes: causes.map(withShortId) }),
    ...(dueAt !== undefined && { dueAt }),
    ...(anomalies && { anomalies: anomalies.map((anomaly) => ({ ...anomaly })) }),
    ...(first && { first: { outcome: first.outcome, reason: first.reason } }),
  }
}

/** Counts the values of each name in these decisions, so that the tester can allow them. */
export function hidableNames(decisions: readonly Decision[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const add = (name: string, value: unknown) => {
    if (value !== undefined && value !== '') counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  for (const { properties, scope, page, trigger, issues = [], deliveries } of decisions) {
    for (const [name, value] of valuesOf({ properties, scope })) add(name, value)
    add('page.title', page.title)
    add('page.type', page.type)
    add('trigger.factKey', trigger.factKey)
    for (const { message } of issues) add('issue.message', message)
    for (const { error, notes = [] } of Object.values(deliveries)) {
      if (!isStatus(error)) add('delivery.error', error)
      for (const note of notes) add('delivery.notes', note)
    }
  }
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function valuesOf({
  properties = {},
  scope,
}: Pick<Decision, 'properties' | 'scope'>): readonly (readonly [string, unknown])[] {
  return [...(entriesOf(scope) ?? []), ...(entriesOf(properties) ?? [])]
}

/** Returns a short id that is distinct within the session and cannot be traced to the original. */
function shortId(id: string): string {
  return /^~[0-9a-f]{8}$/.test(id) ? id : `~${hash(id).slice(0, 8)}`
}

function withShortId({ eventId, ...cause }: Cause): Cause {
  return { ...cause, ...(eventId !== undefined && { eventId: shortId(eventId) }) }
}

/** Returns a safe name for a map entry, whose key may itself be a value. */
function safeName(name: string, index: number): string {
  return /^(?:[a-z_$][\w$.-]{0,63}|‹name \d+›)$/i.test(name) ? name : `‹name ${index + 1}›`
}

function keyOf(part: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof part === 'object' ? part.key : part)
}

function withoutValues(values: Properties, allowed: Allowed): Properties {
  return Object.fromEntries(
    (entriesOf(values) ?? []).map(([name, value], index) =>
      allowed.has(name) && value !== undefined
        ? [name, toPlain(value)]
        : [safeName(name, index), shapeOf(value)],
    ),
  )
}

function withoutKey({ rule, ...state }: RuleState): RuleState {
  const { key, ...limits } = rule
  return {
    ...state,
    rule: { ...limits, ...(key && { key: key === 'fact' ? key : hiddenKey }) },
    key: state.key && '‹key›',
  }
}

const isStatus = (error: string | undefined) => error !== undefined && /^HTTP \d{3}$/.test(error)

function withoutContents(
  { payload, error, notes, requests, ...delivery }: Delivery,
  decision: Decision,
  allowed: Allowed,
): Delivery {
  const told = (text: string) => (isStatus(text) || allowed.has('delivery.error') ? text : shapeOf(text))
  return {
    ...delivery,
    ...(error !== undefined && { error: told(error) }),
    ...(requests?.length && { requests: requests.map((request) => withoutAnswer(request, told)) }),
    ...(notes && { notes: allowed.has('delivery.notes') ? [...notes] : notes.map(shapeOf) }),
    ...(payload !== undefined && { payload: withoutForeignValues(payload, decision, allowed) }),
  }
}

function withoutAnswer(
  { requestId, eventIds, body, error, ...request }: DeliveryRequest,
  told: (text: string) => string,
): DeliveryRequest {
  return {
    ...request,
    requestId: shortId(requestId),
    eventIds: eventIds.map(shortId),
    ...(body !== undefined && { body: shapeOf(body) }),
    ...(error !== undefined && { error: told(error) }),
  }
}

const MAX_DEPTH = 8

/**
 * Replaces the values of a payload by their shapes. Keeps the event name, and an allowed property's own value: an
 * unrelated id must not pass for a property named `id`.
 */
function withoutForeignValues(payload: unknown, decision: Decision, allowed: Allowed): unknown {
  const own = new Map(valuesOf(decision))
  const walk = (value: unknown, name: string, depth: number): unknown => {
    if (value === undefined || value === decision.event) return value
    if (own.has(name))
      return allowed.has(name) && sameJson(value, own.get(name)) ? toPlain(value) : shapeOf(value)
    const entries = depth < MAX_DEPTH ? entriesOf(value) : undefined
    if (!entries) return shapeOf(value)
    if (Array.isArray(value)) return value.map((item) => walk(item, name, depth + 1))
    return Object.fromEntries(
      entries.map(([key, item], index) => [safeName(key, index), walk(item, key, depth + 1)]),
    )
  }
  const parsed = typeof payload === 'string' ? parse(payload) : undefined
  return parsed ? JSON.stringify(walk(parsed, '', 0)) : walk(payload, '', 0)
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(toPlain(one)) === JSON.stringify(toPlain(other))
}
