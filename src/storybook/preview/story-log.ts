import type { RecordState } from '../../engine/record/record-view.ts'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { hearTrackers } from '../../testing/hear-trackers.ts'
import { joinedRecord } from './joined-record.ts'

type PlannedRecord = readonly [plan: AnyPlan, record: RecordState]

/** Trackers of one mount of a story, with the last records of those that it has disposed. */
export interface StoryLog {
  readonly mount: number
  readonly trackers: ReadonlySet<AnyTracker>
  /** Returns the record of each tracker, with its plan. */
  readonly records: () => readonly PlannedRecord[]
  readonly record: () => RecordState
}

interface OpenLog {
  readonly mount: number
  readonly trackers: Set<AnyTracker>
  readonly ended: PlannedRecord[]
  isMounted: boolean
}

const logs = new Map<string, OpenLog>()
/** Story that creates trackers now. On a docs page, where several stories are mounted, the last one. */
let current: string | undefined
let mounts = 0

/**
 * Begins the log of a mount, unless the story is mounted already: a change of args or globals runs `beforeEach` again without a
 * new mount. Returns a function that ends the mount; the log stays readable.
 */
export function beginMount(id: string): () => void {
  current = id
  const known = logs.get(id)
  if (known?.isMounted) return () => {}
  const log: OpenLog = { mount: ++mounts, trackers: new Set(), ended: [], isMounted: true }
  logs.set(id, log)
  return () => {
    log.isMounted = false
    if (current === id) current = undefined
  }
}

/** Runs `make`, and counts the trackers that it creates as those of the story. */
export function asStory<T>(id: string, make: () => T): T {
  const before = current
  current = id
  try {
    return make()
  } finally {
    current = before
  }
}

export function logOf(id: string): StoryLog | undefined {
  const log = logs.get(id)
  if (!log) return undefined
  const { mount, trackers, ended } = log
  const records = () => [...ended, ...[...trackers].map(({ plan, record }) => [plan, record.get()] as const)]
  return { mount, trackers, records, record: () => joinedRecord(records().map(([, record]) => record)) }
}

export const currentStory = (): string | undefined => current

/** Follows every tracker from now on, and reports each change of a story's record. */
export function followTrackers(onChange: (storyId: string) => void): void {
  hearTrackers((tracker) => {
    const id = current
    const log = id === undefined ? undefined : logs.get(id)
    if (id === undefined || !log) return () => {}
    log.trackers.add(tracker)
    const unwatch = tracker.record.watch()
    const unsubscribe = tracker.record.subscribe(() => onChange(id))
    onChange(id)
    return () => {
      log.ended.push([tracker.plan, tracker.record.get()])
      log.trackers.delete(tracker)
      unsubscribe()
      unwatch()
    }
  })
}
