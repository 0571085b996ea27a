import { type After, durationMs, ruleOfAfter } from '../plan/after.ts'
import type { Plan } from '../plan/define-plan.ts'
import type { KeyValue, Platform, Row } from '../platform/platform.ts'
import { call } from '../support/listeners.ts'
import type { Advice } from './advice.ts'
import type { Epoch } from './epoch.ts'
import { funnelOf } from './funnel.ts'
import type { Identity, Who } from './identity.ts'
import type { DecisionRecord } from './record.ts'
import type { Storage } from './storage.ts'
import type {
  Anomaly,
  Cause,
  Decision,
  History,
  JourneyStep,
  JourneyView,
  Occurrence,
  Properties,
  RecordState,
  TriggerContext,
} from './types.ts'

/** What the journey asks of the tracker that it belongs to. */
export interface JourneyPort {
  readonly plan: Plan
  readonly platform: Pick<Platform, 'now' | 'newId' | 'later'>
  readonly identity: Pick<Identity, 'present' | 'settled'>
  readonly storage: Pick<Storage, 'shared' | 'kind' | 'ready'>
  /** What surrounds an occurrence of now. */
  readonly surroundings: () => Surroundings
  /** Without `who` it is the present visitor's. */
  readonly admit: (occurrence: Occurrence, who?: Who) => Pick<Decision, 'outcome'>
  readonly refuse: (occurrence: Occurrence) => void
  readonly record: Pick<DecisionRecord, 'change' | 'setAnomalies'>
  readonly advice: Pick<Advice, 'anomaly' | 'threw'> | undefined
}

export type Surroundings = Pick<Occurrence, 'time' | 'page' | 'scope' | 'device'>

/** An occurrence that passed plan, properties, success criterion and frequency (J1). */
export interface Counted {
  /** Of its decision. */
  readonly number: number
  readonly occurrence: Occurrence
  readonly who: Who
  /** Only shadow events follow from it, and it is never stored (F15). */
  readonly shadow: boolean
  readonly eventId?: string | undefined
  readonly sentTo?: readonly string[] | undefined
}

export interface Journey extends JourneyView {
  /** `waits`: it is held, and comes again, or is discounted. */
  readonly count: (counted: Counted, waits?: boolean) => void
  /** What was counted while it was held does not count after all. */
  readonly discount: (number: number) => void
  /** A page has begun: what is due is found now (J3). */
  readonly begin: () => void
  readonly storageChanged: () => void
  /** Another tab has stored something. */
  readonly onStorage: (key: string | undefined) => void
  /** Resolves when what was counted is stored. */
  readonly idle: () => Promise<void>
  /** Somebody else is here. */
  readonly forget: () => void
}

/** As it is stored. */
interface StoredStep extends Cause, JourneyStep {
  readonly id: string
  readonly number: number
}

/** A step that this page has seen. */
interface OwnStep extends Omit<Counted, 'eventId' | 'sentTo'> {
  readonly id: string
  eventId: string | undefined
  sentTo: readonly string[] | undefined
  waits: boolean
  discounted: boolean
  /** Derived events that were attempted for it. */
  readonly attempted: Set<string>
}

/** Steps of each event that are remembered, of so many days. */
const MAX_STEPS = 50
const MAX_AGE_MS = 180 * 24 * 60 * 60_000
const KEY = 'journey:'
const byPlan: TriggerContext = { component: 'plan', fact: 'derived' }
/** Listeners hear that time has passed: soon where something has just happened, then each minute. */
const SHORTEST_TICK_MS = 10_000
const LONGEST_TICK_MS = 60_000
const TICK_SHARE = 0.05

/**
 * Remembers what counted: in the page's memory, and, where storage is permitted, for the visits to come, shared by the
 * tabs. The database merges what they write, so that whoever writes last sees all; a derived event is then decided
 * by its frequency rule, as every other, so that of several tabs that see it one wins.
 */
export function journey(port: JourneyPort): Journey {
  const { plan, surroundings, record, advice } = port
  const { now, newId, later } = port.platform
  const { present, settled } = port.identity
  const { shared: storage, kind, ready } = port.storage
  const derived = [...plan.events].flatMap(([name, { after, status }]) =>
    after ? [{ name, after, shadow: status === 'shadow' }] : [],
  )
  /** Whose ids others may name. */
  const causing = new Set(derived.map(({ after }) => after.event))
  let mine: OwnStep[] = []
  /** Events of which the database does not have all. */
  const unsaved = new Set<string>()
  let anomalies: RecordState['anomalies'] = {}
  let scheduled = false
  let writing = Promise.resolve()
  /** The steps of earlier visits are known. */
  let attached = false
  /** Due events that this page has attempted, by their causes. */
  const attemptedDue = new Set<string>()
  /** The last admitted of each derived event: it may not be counted yet. */
  const underWay = new Map<string, { readonly time: number; readonly who: Who }>()

  const parsed = new Map<
    string,
    { readonly text: string | undefined; readonly steps: readonly StoredStep[] }
  >()

  const keyOf = (event: string) => `${KEY}${present().visitor.id}:${event}`
  const ours = ({ who }: OwnStep) => who.visitor.id === present().visitor.id

  function storedForm({ id, number, occurrence, who, eventId, sentTo }: OwnStep): StoredStep {
    const { event, time } = occurrence
    const identified = eventId !== undefined && causing.has(event) ? { eventId, sentTo } : {}
    return { id, event, time, number, session: who.session.id, ...identified }
  }
  const toStore = (event: string) =>
    mine
      .filter((step) => step.occurrence.event === event && !step.waits && !step.shadow && ours(step))
      .map(storedForm)

  /** What another page, or this one, has stored. */
  function known(event: string): readonly StoredStep[] {
    const text = storage()?.local.get(keyOf(event))
    const before = parsed.get(event)
    if (before?.text === text) return before?.steps ?? []
    const steps = parse(text, event)
    parsed.set(event, { text, steps })
    return steps
  }

  /** All that counts of an event, oldest first. */
  function stepsOf(event: string, withShadow = false): readonly StoredStep[] {
    const seen = mine.filter(
      (step) => step.occurrence.event === event && ours(step) && (withShadow || !step.shadow),
    )
    return merge(known(event), seen.map(storedForm), now())
  }

  function save({ occurrence }: OwnStep): void {
    unsaved.add(occurrence.event)
    if (scheduled) return
    scheduled = true
    const earlier = writing
    writing = Promise.resolve()
      .then(mirror)
      .then(() => earlier)
      .then(write)
  }

  /** In the task of what is counted, so that a page that is left has it stored. */
  function mirror(): void {
    scheduled = false
    const open = storage()
    for (const event of open ? unsaved : [])
      open?.local.set(keyOf(event), JSON.stringify(merge(known(event), toStore(event), now())))
  }

  /** Each tab merges what it has into the row: the last one sees what all have seen. */
  async function write(): Promise<void> {
    // All of it is saved when storage is there.
    if (kind() !== 'persistent') return unsaved.clear()
    await settled()
    const open = storage()
    const events = [...unsaved]
    if (!open || events.length === 0) return
    unsaved.clear()
    const keys = events.map(keyOf)
    const time = now()
    try {
      const { rows } = await open.database.update(keys, (before) => {
        const merged = events.map((event, index) =>
          merge(stepsIn(before[index], event), toStore(event), time),
        )
        return new Map<string, Row>(merged.map((steps, index) => [keys[index] as string, { steps }]))
      })
      if (storage() !== open) return
      events.forEach((event, index) => {
        const steps = merge(known(event), stepsIn(rows[index], event), time)
        open.local.set(keys[index] as string, JSON.stringify(steps))
      })
    } catch {
      // Withdrawn, or gone: they wait for another database.
      for (const event of events) unsaved.add(event)
      return
    }
    // Another tab may have been first: then it is the last of ours that completes what it began.
    for (const event of events) {
      const latest = mine.findLast(({ waits, occurrence }) => !waits && occurrence.event === event)
      if (latest) follow(latest)
    }
    notify()
  }

  /** The database is open: each side learns what the other knows. */
  async function attach(open: Pick<Epoch, 'database' | 'local'>): Promise<void> {
    const stands = () => storage() === open
    const prefix = keyOf('')
    try {
      const rows = await open.database.readAll(KEY)
      if (!stands()) return
      for (const key of new Set([...rows.keys(), ...open.local.keys()])) {
        if (!key.startsWith(KEY)) continue
        if (key.startsWith(prefix)) await join(open, key, key.slice(prefix.length), rows.get(key))
        else {
          open.local.remove(key)
          if (rows.has(key)) await open.database.clear(key)
        }
      }
    } catch {
      return
    }
    if (!stands()) return
    attached = true
    for (const step of mine) if (!step.waits && !step.shadow) save(step)
    findDue()
    notify()
  }

  async function join(
    { database, local }: { readonly database: Epoch['database']; readonly local: KeyValue },
    key: string,
    event: string,
    row: Row | undefined,
  ): Promise<void> {
    const stored = stepsIn(row, event)
    const steps = merge(parse(local.get(key), event), stored, now())
    local.set(key, JSON.stringify(steps))
    if (steps.length <= stored.length) return
    await database.update([key], ([present]) => {
      return new Map([[key, { steps: merge(steps, stepsIn(present, event), now()) }]])
    })
  }

  /** What follows from one occurrence more. */
  function follow(step: OwnStep): void {
    for (const { name, after, shadow } of derived) {
      const { event, times = 1, within = 'session', without } = after
      if (without !== undefined || event !== step.occurrence.event) continue
      if (step.discounted || step.attempted.has(name) || (step.shadow && !shadow) || !ours(step)) continue
      const { time } = step.occurrence
      const session = step.who.session.id
      const since = within === 'session' ? Number.NEGATIVE_INFINITY : time - durationMs(within)
      const counts = (other: Pick<StoredStep, 'time' | 'session'>) =>
        within === 'session' ? other.session === session : other.time > since && other.time <= time
      const found = stepsOf(event, shadow).filter(counts)
      if (found.length < times || stepsOf(name, shadow).some(counts)) continue
      const latest = underWay.get(name)
      if (latest && counts({ time: latest.time, session: latest.who.session.id })) continue
      step.attempted.add(name)
      attempt(name, after, found.slice(-times), step.occurrence, step.who)
    }
  }

  /** `without`: nobody was here when it became true, so it is found at the next start, and not for ever (J3). */
  function findDue(): void {
    if (!attached || kind() !== 'persistent') return
    for (const { name, after, shadow } of derived) {
      const { event, without, within } = after
      if (without === undefined) continue
      const windowMs = durationMs(within)
      const settledAt = stepsOf(name, shadow).at(-1)?.time ?? Number.NEGATIVE_INFINITY
      const ends = stepsOf(without)
      const cause = stepsOf(event, shadow).find(
        ({ time }) =>
          time > settledAt &&
          time + 2 * windowMs > now() &&
          !ends.some((end) => end.time >= time && end.time <= time + windowMs),
      )
      if (!cause || cause.time + windowMs > now() || attemptedDue.has(name + cause.id)) continue
      attemptedDue.add(name + cause.id)
      attempt(name, after, [cause], surroundings(), undefined, cause.time + windowMs)
    }
  }

  function attempt(
    event: string,
    after: After<object, string>,
    steps: readonly StoredStep[],
    { time, page, scope, device }: Surroundings,
    who?: Who,
    dueAt?: number,
  ): void {
    const seen = steps.map((step) => mine.find(({ id }) => id === step.id) ?? step)
    const causes = () =>
      seen.some((step) => 'discounted' in step && step.discounted) ? [] : seen.map(causeOf)
    const derived = { causes, rule: ruleOfAfter(after), dueAt }
    const occurrence = { event, time, page, scope, device, trigger: byPlan, derived }
    let properties: Properties
    try {
      properties = { ...after.properties?.(steps.map((step) => ({ event: step.event, time: step.time }))) }
    } catch (error) {
      advice?.threw(event, error)
      port.refuse({ ...occurrence, properties: {} })
      return
    }
    const { outcome } = port.admit({ ...occurrence, properties }, who)
    if (outcome === 'fired' || outcome === 'held') underWay.set(event, { time, who: who ?? present() })
  }

  /** An order of events that the plan does not foresee. */
  function examine(step: OwnStep): void {
    if (step.shadow) return
    const { event, time } = step.occurrence
    const tell = (anomaly: Anomaly) => {
      anomalies = { ...anomalies, [anomaly.kind]: (anomalies[anomaly.kind] ?? 0) + 1 }
      record.setAnomalies(anomalies)
      record.change(step.number, (decision) => ({
        ...decision,
        anomalies: [...(decision.anomalies ?? []), anomaly],
      }))
      advice?.anomaly(event, anomaly)
    }
    const before = (name: string) =>
      stepsOf(name).filter((other) => other.id !== step.id && inOrder(other, { ...step, time }) <= 0)
    const { id: session, landing } = step.who.session
    if (plan.events.get(event)?.macro && before(event).some((other) => other.session === session))
      tell({ kind: 'double-macro' })
    // Who was here without permission to remember may have begun before.
    if (kind() !== 'persistent' || landing === 'unknown') return
    for (const [funnel, planned] of Object.entries(plan.funnels)) {
      const index = planned.steps.indexOf(event)
      if (index < 1) continue
      const view = funnelOf(planned, { steps: planned.steps.flatMap(before).sort(inOrder), now: time })
      const current = view.expired ? -1 : view.current
      if (index <= current + 1) continue
      const started = current >= 0 || index < planned.steps.length - 1
      const missing = planned.steps[started ? index - 1 : 0]
      tell({ kind: started ? 'skipped-step' : 'missing-start', funnel, missing })
    }
  }

  const listeners = new Set<() => void>()
  let history: History | undefined
  let stopTicking: (() => void) | undefined
  let changedAt = 0
  function notify(): void {
    changedAt = now()
    tellListeners()
  }
  function tellListeners(): void {
    history = undefined
    for (const listener of [...listeners]) call(listener)
  }
  function tick(): void {
    const share = TICK_SHARE * (now() - changedAt)
    stopTicking = later(Math.min(LONGEST_TICK_MS, Math.max(SHORTEST_TICK_MS, share)), () => {
      tellListeners()
      tick()
    })
  }

  return {
    count(counted, waits = false) {
      const { number, occurrence, eventId, sentTo, who } = counted
      // Of whoever was here before: their journey is over (C11).
      if (who.visitor.id !== present().visitor.id) return
      const held = mine.find((step) => step.number === number)
      const step = held ?? {
        ...counted,
        id: newId(),
        eventId,
        sentTo,
        waits,
        discounted: false,
        attempted: new Set<string>(),
      }
      if (held) Object.assign(held, { eventId, sentTo, waits })
      else {
        const others = mine.filter((other) => other.occurrence.event === occurrence.event && ours(other))
        const oldest = others.length >= MAX_STEPS ? others[0] : undefined
        mine = [...mine.filter((other) => ours(other) && other !== oldest), step]
      }
      if (!waits) {
        examine(step)
        if (!step.shadow) save(step)
      }
      follow(step)
      notify()
    },
    discount(number) {
      const step = mine.find((other) => other.number === number)
      if (!step) return
      step.discounted = true
      // What followed from it does not stand: it may follow from others.
      for (const { name, after } of derived) {
        if (after.event !== step.occurrence.event) continue
        underWay.delete(name)
        for (const other of mine) other.attempted.delete(name)
      }
      mine = mine.filter((other) => other !== step)
      notify()
    },
    begin: () => void ready().then(findDue),
    storageChanged() {
      attached = false
      unsaved.clear()
      const open = storage()
      if (open && kind() === 'persistent') void attach(open)
      notify()
    },
    idle: () => writing,
    onStorage(key) {
      if (key === undefined || key.includes(KEY) || key.endsWith('visitor')) notify()
    },
    forget() {
      mine = []
      unsaved.clear()
      const open = storage()
      if (open) {
        for (const key of open.local.keys()) if (key.startsWith(KEY)) open.local.remove(key)
        open.database.clear(KEY).catch(() => {})
      }
      notify()
    },
    get() {
      if (listeners.size === 0 && history?.now !== now()) history = undefined
      history ??= {
        steps: [...plan.events.keys()]
          .flatMap((event) => stepsOf(event))
          .sort(inOrder)
          .map(({ event, time, session }) => ({ event, time, session })),
        session: present().session.id,
        now: now(),
      }
      return history
    },
    subscribe(listener) {
      if (listeners.size === 0) {
        changedAt = now()
        tick()
      }
      listeners.add(listener)
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) stopTicking?.()
      }
    },
  }
}

const inOrder = (
  a: { readonly time: number; readonly number: number },
  b: { readonly time: number; readonly number: number },
) => a.time - b.time || a.number - b.number

/** Two views of the steps of one event; what the second says of a step stands: its session may have been adopted since. */
function merge(
  some: readonly StoredStep[],
  others: readonly StoredStep[],
  now: number,
): readonly StoredStep[] {
  const steps = new Map([...some, ...others].map((step) => [step.id, step]))
  return [...steps.values()]
    .filter(({ time }) => time > now - MAX_AGE_MS)
    .sort(inOrder)
    .slice(-MAX_STEPS)
}

/** `number` and what is not known yet are those of this page alone. */
function causeOf(step: StoredStep | OwnStep): Cause {
  const { eventId, sentTo } = step
  const left = eventId === undefined ? {} : { eventId, sentTo }
  return 'occurrence' in step
    ? { event: step.occurrence.event, time: step.occurrence.time, number: step.number, ...left }
    : { event: step.event, time: step.time, ...left }
}

function parse(text: string | undefined, event: string): readonly StoredStep[] {
  try {
    return stepsFrom(JSON.parse(text ?? '[]'), event)
  } catch {
    return []
  }
}

const stepsIn = (row: Row | undefined, event: string) => stepsFrom(row?.['steps'], event)

/** Storage may hold anything. */
function stepsFrom(value: unknown, event: string): readonly StoredStep[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((each: Partial<StoredStep> | null) => {
    const { id, time, number, session, eventId, sentTo } = each ?? {}
    if (typeof id !== 'string' || typeof session !== 'string') return []
    if (!Number.isFinite(time) || !Number.isFinite(number)) return []
    const left = typeof eventId === 'string' && Array.isArray(sentTo) ? { eventId, sentTo } : {}
    return [{ id, event, time: time as number, number: number as number, session, ...left }]
  })
}
