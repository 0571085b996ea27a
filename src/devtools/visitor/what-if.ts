import { scopesOf } from '../../engine/admission.ts'
import { createConsent } from '../../engine/consent.ts'
import { consentFor, type SignalledCategories } from '../../engine/consent-need.ts'
import { decide, type World } from '../../engine/decide.ts'
import { createGuard } from '../../engine/guard.ts'
import type { Who } from '../../engine/identity.ts'
import { createLedger, entriesOf } from '../../engine/ledger.ts'
import type { ConsentNeed, ConsentSnapshot, Decision, Reason } from '../../engine/types.ts'
import type { AnyPlan, PlannedEvent } from '../../plan/define-plan.ts'
import { attempt } from '../../support/attempt.ts'

export interface Preset {
  readonly title: string
  readonly consent: ConsentSnapshot
}

/** The answers that a visitor may give, and what the browser may say for them. */
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
    { title: 'Now', consent: now },
    { title: 'All granted', consent: answered(categories) },
    { title: 'All denied', consent: answered([]) },
    ...(categories.length > 1
      ? categories.map((category) => ({ title: `Only ${category}`, consent: answered([category]) }))
      : []),
    { title: 'Granted, GPC on', consent: answered(categories, true) },
  ]
}

export interface WhatIfInput {
  readonly plan: AnyPlan
  /** Of this session, oldest first. */
  readonly decisions: readonly Decision[]
  readonly needs: Readonly<Record<string, ConsentNeed>>
  readonly who: Who
  /** Whether what has no answer yet waits for one. */
  readonly holds: boolean
  readonly presets: readonly Preset[]
}

/** How many of an event one destination would get, and how many would wait for an answer. */
export interface Would {
  readonly sent: number
  readonly held: number
}

export interface WhatIfRow {
  readonly event: string
  readonly attempts: number
  /** By preset, then by destination; those that would get nothing are not there. */
  readonly cells: readonly Readonly<Record<string, Would>>[]
}

/** Which events of this session would go where, had the visitor answered otherwise. */
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

/** Why consent makes no difference: no answer of the visitor's mends it. */
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

/** Checked already, when it happened; what is kept has passed the schema and must not pass it again. */
const passed: Partial<PlannedEvent> = {
  counts: undefined,
  properties: {
    '~standard': { version: 1, vendor: 'passed', validate: (value) => ({ value: value as object }) },
  },
}
const guard = createGuard('allow')

/** The rules of the plan over the same attempts, with counts of their own. */
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
    // That draw was made by an id that nobody kept.
    const drawn = planned.sampleBy === 'event'
    if (drawn && decision.reason === 'sampled-out') continue
    const scopes = scopesOf(decision, who)
    const world: World = {
      now: decision.time,
      units: { visitor: who.visitor.id, session: who.session.id, event: '' },
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
      // Counted before the first attempt that is kept: in an earlier visit, or too long ago for the record.
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

/** A decision does not keep it, and no rule asks for it. */
const device = { class: 'desktop', viewport: { width: 0, height: 0 }, language: '', timeZone: '' } as const
