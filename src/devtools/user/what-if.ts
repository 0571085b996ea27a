import { createLedger, entriesOf } from '../../engine/counts/ledger.ts'
import { scopesOf } from '../../engine/counts/scopes.ts'
import { decide, type World } from '../../engine/decision/decide.ts'
import { createConsent } from '../../engine/permission/consent.ts'
import { consentFor, type SignalledCategories } from '../../engine/permission/consent-need.ts'
import type { ConsentNeed, ConsentSnapshot } from '../../engine/permission/consent-types.ts'
import { createGuard } from '../../engine/personal-data/guard.ts'
import type { Decision, Reason } from '../../engine/record/decision.ts'
import type { Who } from '../../engine/who/who.ts'
import type { AnyPlan, PlannedEvent } from '../../plan/define-plan.ts'
import { attempt } from '../../support/attempt.ts'

export interface Preset {
  readonly title: string
  /** The same as the beginning of a sentence. */
  readonly clause: string
  readonly consent: ConsentSnapshot
}

/** Returns the consent answers that a user can give, and the signals that their browser can send. */
export function presetsFor(now: ConsentSnapshot, signals: SignalledCategories): readonly Preset[] {
  const categories = Object.keys(now)
  const answered = (granted: readonly string[], gpc = false) =>
    createConsent({
      initial: Object.fromEntries(
        categories.map((category) => [category, granted.includes(category) ? 'granted' : 'denied']),
      ),
      categories,
      privacySignals: () => ({ gpc, dnt: false }),
      signalled: signals,
    }).get()
  return [
    { title: 'Now', clause: 'As it is now', consent: now },
    { title: 'All granted', clause: 'If the user grants everything', consent: answered(categories) },
    { title: 'All denied', clause: 'If the user denies everything', consent: answered([]) },
    ...(categories.length > 1
      ? categories.map((category) => ({
          title: `Only ${category}`,
          clause: `If the user grants only ${category}`,
          consent: answered([category]),
        }))
      : []),
    {
      title: 'Granted, GPC on',
      clause: 'If the user grants everything while Global Privacy Control is on',
      consent: answered(categories, true),
    },
  ]
}

export interface WhatIfInput {
  readonly plan: AnyPlan
  /** Attempts of this session, oldest first. */
  readonly decisions: readonly Decision[]
  readonly needs: Readonly<Record<string, ConsentNeed>>
  readonly who: Who
  /** True if the tracker holds events while consent is pending. */
  readonly holds: boolean
  readonly presets: readonly Preset[]
}

/** Number of events that one destination would get, and that would wait for consent. */
export interface Would {
  readonly sent: number
  readonly held: number
}

export interface WhatIfRow {
  readonly event: string
  readonly attempts: number
  /** Results by preset, then by destination. Omits destinations that would get nothing. */
  readonly cells: readonly Readonly<Record<string, Would>>[]
}

/** Returns which events of this session each destination would have got with other consent answers. */
export function whatIf({ presets, decisions, ...given }: WhatIfInput): readonly WhatIfRow[] {
  const attempts = decisions.filter(({ trigger }) => trigger.synthetic !== 'kept')
  const columns = presets.map(({ consent }) => replay({ ...given, decisions: attempts }, consent))
  const counts = new Map<string, number>()
  for (const { event } of attempts) counts.set(event, (counts.get(event) ?? 0) + 1)
  return [...counts].map(([event, count]) => ({
    event,
    attempts: count,
    cells: columns.map((column) => Object.fromEntries(column.get(event) ?? [])),
  }))
}

/** Reasons that apply whatever the user's consent is. */
const settled: ReadonlySet<Reason> = new Set<Reason>([
  'not-in-browser',
  'unknown-event',
  'invalid-properties',
  'code-threw',
  'personal-data',
  'not-counted',
  'retired',
  'draft',
  'before-send',
  'suspected-bot',
  'superseded',
  'disabled',
])

/**
 * Skips the checks that passed when the event occurred: recorded properties are the output of the schema and may not
 * pass it again.
 */
const passed: Partial<PlannedEvent> = {
  counts: undefined,
  properties: {
    '~standard': { version: 1, vendor: 'passed', validate: (value) => ({ value: value as object }) },
  },
}
const guard = createGuard('allow')

/** Applies the rules of the plan to the same attempts, with separate counters. */
function replay(given: Omit<WhatIfInput, 'presets'>, consent: ConsentSnapshot) {
  const { plan, decisions, needs, who, holds } = given
  const ledger = createLedger()
  const met = new Set<string>()
  const found = new Map<string, Map<string, Would>>()
  const destinations = Object.entries(needs).map(([name, need]) => ({
    name,
    consent: consentFor(need, (category) => consent[category] ?? 'pending'),
  }))

  for (const decision of decisions) {
    const planned = plan.events.get(decision.event)
    if (!planned || planned.status === 'shadow' || settled.has(decision.reason)) continue
    // The record does not have the id that decided this sampling.
    const drawn = planned.sampleBy === 'event'
    if (drawn && decision.reason === 'sampled-out') continue
    const scopes = scopesOf(decision, who)
    const world: World = {
      now: decision.time,
      units: { user: who.user.id, session: who.session.id, event: '' },
      invalid: 'flag',
      guard,
      findings: [],
      unwantedBot: false,
      times: (claim) => entriesOf([claim], scopes).flatMap(({ id }) => ledger.times(id)),
      destinations,
    }
    const occurrence = { ...decision, properties: decision.properties ?? {}, device }
    const judged = attempt(() => {
      const judge = () =>
        decide(occurrence, { ...planned, ...passed, ...(drawn && { sampleRate: undefined }) }, world)
      const first = judge()
      // Counted before the first attempt in the record: on an earlier page, or too long ago.
      let earlier = false
      entriesOf(first.claims, scopes).forEach((entry) => {
        if (met.has(entry.id)) return
        met.add(entry.id)
        const before = decision.frequency.find(
          (state) => state.earlier !== undefined && entry.claim.rules.includes(state.rule),
        )
        if (!before) return
        earlier = true
        for (let count = 0; count < before.count; count++) ledger.spend([entry], before.earlier as number)
      })
      return earlier ? judge() : first
    })
    if (!judged) continue
    const { outcome, claims, eligible } = judged
    if (outcome === 'dropped' || (outcome === 'held' && !holds)) continue
    ledger.spend(entriesOf(claims, scopes), decision.time)
    const row = found.get(decision.event) ?? new Map<string, Would>()
    found.set(decision.event, row)
    for (const [name, state] of Object.entries(eligible)) {
      if (state === 'denied') continue
      const { sent, held } = row.get(name) ?? { sent: 0, held: 0 }
      row.set(name, state === 'granted' ? { sent: sent + 1, held } : { sent, held: held + 1 })
    }
  }
  return found
}

/** Placeholder: decisions do not record the device, and no rule uses it. */
const device = { class: 'desktop', viewport: { width: 0, height: 0 }, language: '', timeZone: '' } as const
