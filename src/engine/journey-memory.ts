import type { KeyValue, Row } from '../platform/platform.ts'
import type { Epoch } from './epoch.ts'
import type { Counted, JourneyPort } from './journey-port.ts'
import { MAX_STEPS, merge, type OwnStep, parse, type StoredStep, stepsIn } from './journey-steps.ts'

interface JourneyMemoryOptions extends Pick<JourneyPort, 'platform' | 'identity' | 'storage'> {
  /** Whether others may name the ids of this event as their causes. */
  readonly isCause: (event: string) => boolean
  /** The database has these, the last of their events, and what other tabs have seen is known. */
  readonly onMerged: (latest: readonly OwnStep[]) => void
  /** The steps of earlier visits are known. */
  readonly onAttached: () => void
}

const KEY = 'journey:'
/** A database that does not answer must not keep anybody waiting. */
const LONGEST_STEP_MS = 3_000

/**
 * What counted: in the page's memory, and, where storage is permitted, for the visits to come, shared by the tabs. The
 * database merges what they write, so that whoever writes last sees all.
 */
export function createJourneyMemory({ isCause, onMerged, onAttached, ...port }: JourneyMemoryOptions) {
  const { now, newId, later } = port.platform
  const { present } = port.identity
  const { shared: storage, kind } = port.storage
  let mine: readonly OwnStep[] = []
  /** Events of which the database does not have all. */
  const unsaved = new Set<string>()
  let scheduled = false
  let writing = Promise.resolve()
  let attached = false
  /** The page was left before the database had answered. */
  let failed = false
  const parsed = new Map<
    string,
    { readonly text: string | undefined; readonly steps: readonly StoredStep[] }
  >()

  const keyOf = (event: string) => `${KEY}${present().visitor.id}:${event}`
  const ours = ({ who }: OwnStep) => who.visitor.id === present().visitor.id

  function storedForm({ id, number, occurrence, who, eventId, sentTo }: OwnStep): StoredStep {
    const { event, time } = occurrence
    const identified = eventId !== undefined && isCause(event) ? { eventId, sentTo } : {}
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

  function save({ occurrence, waits, shadow }: OwnStep): void {
    if (waits || shadow) return
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
    const open = storage()
    const events = [...unsaved]
    if (!open || events.length === 0) return
    unsaved.clear()
    const keys = events.map(keyOf)
    const time = now()
    try {
      const { rows } = await open.database.update(keys, (before) => {
        const merged = events.map((event, index) =>
          // Of now: the session of a step may have been adopted while this waited for its turn.
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
    const latest = (event: string) =>
      mine.findLast(({ waits, occurrence }) => !waits && occurrence.event === event)
    onMerged(events.flatMap((event) => latest(event) ?? []))
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
      failed = stands()
      return
    }
    if (!stands()) return
    attached = true
    for (const step of mine) save(step)
    onAttached()
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

  function storageChanged(): void {
    attached = false
    failed = false
    unsaved.clear()
    const open = storage()
    if (open && kind() === 'persistent') void attach(open)
  }

  return {
    stepsOf,
    ours,
    /** One of this page, or the step as it is. */
    own: (step: StoredStep): StoredStep | OwnStep => mine.find(({ id }) => id === step.id) ?? step,
    /** Returns undefined for an event of an earlier user, whose journey is over. */
    add(counted: Counted, waits: boolean): OwnStep | undefined {
      const { number, occurrence, eventId, sentTo, who } = counted
      if (who.visitor.id !== present().visitor.id) return undefined
      const held = mine.find((step) => step.number === number)
      const step = held ?? { ...counted, id: newId(), eventId, sentTo, waits, discounted: false }
      if (held) Object.assign(held, { eventId, sentTo, waits })
      else {
        const others = mine.filter((other) => other.occurrence.event === occurrence.event && ours(other))
        const oldest = others.length >= MAX_STEPS ? others[0] : undefined
        mine = [...mine.filter((other) => ours(other) && other !== oldest), step]
      }
      save(step)
      return step
    },
    /** It does not count after all. */
    remove(number: number): OwnStep | undefined {
      const step = mine.find((other) => other.number === number)
      if (step) step.discounted = true
      mine = mine.filter((other) => other !== step)
      return step
    },
    /** Whether earlier visits are known. */
    isComplete: () => attached && kind() === 'persistent',
    storageChanged,
    /** The database may answer now. */
    tryAgain(): void {
      if (failed) storageChanged()
    },
    idle: () =>
      new Promise<void>((resolve) => {
        const cancel = later(LONGEST_STEP_MS, resolve)
        writing.finally(resolve).finally(cancel)
      }),
    /** Whether a key of local storage is of interest here. */
    concerns: (key: string | undefined) => key === undefined || key.includes(KEY) || key.endsWith('visitor'),
    forget(): void {
      mine = []
      unsaved.clear()
      const open = storage()
      if (!open) return
      for (const key of open.local.keys()) if (key.startsWith(KEY)) open.local.remove(key)
      open.database.clear(KEY).catch(() => {})
    },
  }
}

export type JourneyMemory = ReturnType<typeof createJourneyMemory>
