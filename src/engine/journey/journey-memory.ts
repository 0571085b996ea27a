import type { KeyValue, Row } from '../../platform/platform.ts'
import type { Epoch } from '../storage/epoch.ts'
import { USER } from '../who/keys.ts'
import type { Counted, JourneyPort } from './journey-port.ts'
import { MAX_STEPS, merge, type OwnStep, parse, type StoredStep, stepsIn } from './journey-steps.ts'

interface JourneyMemoryOptions extends Pick<JourneyPort, 'platform' | 'identity' | 'storage'> {
  /** Returns whether other events may name the ids of this event as their causes. */
  readonly isCause: (event: string) => boolean
  /** Called when the database has merged these events, with their latest steps: what other tabs have seen is known. */
  readonly onMerged: (latest: readonly OwnStep[]) => void
  /** Called when the steps of earlier visits are known. */
  readonly onAttached: () => void
}

const KEY = 'journey:'
/** Longest wait for the database: one that does not answer must not block the caller. */
const LONGEST_STEP_MS = 3_000

/**
 * Remembers what counted: in the memory of the page and, if storage is permitted, for later visits and other tabs. The
 * database merges what the tabs write, so that the last writer sees all steps.
 */
export function createJourneyMemory({ isCause, onMerged, onAttached, ...port }: JourneyMemoryOptions) {
  const { now, newId, later } = port.platform
  const { present } = port.identity
  const { shared: storage, kind } = port.storage
  let mine: readonly OwnStep[] = []
  /** Events with steps that are not in the database yet. */
  const unsaved = new Set<string>()
  let scheduled = false
  let writing = Promise.resolve()
  let attached = false
  /** True if the page was left before the database answered. */
  let failed = false
  const parsed = new Map<
    string,
    { readonly text: string | undefined; readonly steps: readonly StoredStep[] }
  >()

  const keyOf = (event: string) => `${KEY}${present().user.id}:${event}`
  const ours = ({ who }: OwnStep) => who.user.id === present().user.id

  function storedForm({ id, number, occurrence, who, eventId, sentTo }: OwnStep): StoredStep {
    const { event, time } = occurrence
    const identified = eventId !== undefined && isCause(event) ? { eventId, sentTo } : {}
    return { id, event, time, number, session: who.session.id, ...identified }
  }
  const toStore = (event: string) =>
    mine
      .filter((step) => step.occurrence.event === event && !step.waits && !step.shadow && ours(step))
      .map(storedForm)

  /** Returns the steps that this page or another one has stored. */
  function known(event: string): readonly StoredStep[] {
    const text = storage()?.local.get(keyOf(event))
    const before = parsed.get(event)
    if (before?.text === text) return before?.steps ?? []
    const steps = parse(text, event)
    parsed.set(event, { text, steps })
    return steps
  }

  /** Returns all steps of an event that count, oldest first. */
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

  /** Writes to local storage in the task in which something counted, so that it is stored if the page is left. */
  function mirror(): void {
    scheduled = false
    const open = storage()
    for (const event of open ? unsaved : [])
      open?.local.set(keyOf(event), JSON.stringify(merge(known(event), toStore(event), now())))
  }

  /** Merges this tab's steps into the rows: the last tab to write sees the steps of all. */
  async function write(): Promise<void> {
    // All steps are saved when storage opens.
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
          // Read here: the session of a step may have been adopted while this waited for its turn.
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
      // Consent was withdrawn, or the database is gone: the steps wait for another database.
      for (const event of events) unsaved.add(event)
      return
    }
    const latest = (event: string) =>
      mine.findLast(({ waits, occurrence }) => !waits && occurrence.event === event)
    onMerged(events.flatMap((event) => latest(event) ?? []))
  }

  /** Merges database and local storage when the database is open. */
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
    /** Returns this page's own step, or the stored step if this page has not seen it. */
    own: (step: StoredStep): StoredStep | OwnStep => mine.find(({ id }) => id === step.id) ?? step,
    /** Returns undefined for an event of an earlier user, whose journey is over. */
    add(counted: Counted, waits: boolean): OwnStep | undefined {
      const { number, occurrence, eventId, sentTo, who } = counted
      if (who.user.id !== present().user.id) return undefined
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
    /** Removes a step that does not count after all. */
    remove(number: number): OwnStep | undefined {
      const step = mine.find((other) => other.number === number)
      if (step) step.discounted = true
      mine = mine.filter((other) => other !== step)
      return step
    },
    /** Returns whether the steps of earlier visits are known. */
    isComplete: () => attached && kind() === 'persistent',
    storageChanged,
    /** Reads the database again if it did not answer before. */
    tryAgain(): void {
      if (failed) storageChanged()
    },
    idle: () =>
      new Promise<void>((resolve) => {
        const cancel = later(LONGEST_STEP_MS, resolve)
        writing.finally(resolve).finally(cancel)
      }),
    /** Returns whether a key of local storage concerns the journey. */
    concerns: (key: string | undefined) => key === undefined || key.includes(KEY) || key.endsWith(USER),
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
