import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Decision, Outcome } from '../../engine/types.ts'
import { bisect } from './bisect.ts'

/** What a row may show beside the verdict and the name of the event. */
export const columns = [
  'time',
  'delta',
  'properties',
  'reason',
  'component',
  'trigger',
  'page',
  'destinations',
  'plan',
] as const
export type Column = (typeof columns)[number]

/** What the tester has chosen, remembered for the origin. */
export interface TimelineChoices {
  /** Words and terms, as filter-terms.ts reads them. */
  readonly text: string
  /** None means all. */
  readonly outcomes: readonly Outcome[]
  /** Columns, also those of extensions. */
  readonly hidden: readonly string[]
  /** Equal neighbours are one row. */
  readonly grouped: boolean
  /** Decisions are marked in the browser's Performance panel. */
  readonly traced: boolean
}

export interface TimelineState extends TimelineChoices {
  /** A filter with an expression, from the address: it waits for the tester. */
  readonly offered: string | undefined
  /** Numbers of attempts: where the keyboard is in the list, and which one the detail pane shows. */
  readonly active: number | undefined
  readonly shown: number | undefined
  /** Runs of equal attempts that are listed one by one, each by the number of its oldest. */
  readonly opened: readonly number[]
  /** The newest attempt in the list while it is paused. */
  readonly pausedAt: number | undefined
  /** Attempts of the pages that this tab showed before, oldest first; their numbers end at 0. */
  readonly earlier: readonly Decision[]
  readonly kept: boolean
}

export type TimelineStore = StoreApi<TimelineState>

export const noChoices: TimelineChoices = {
  text: '',
  outcomes: [],
  hidden: [],
  grouped: true,
  traced: false,
}

export function createTimeline(): TimelineStore {
  return createStore<TimelineState>(() => ({
    ...noChoices,
    offered: undefined,
    active: undefined,
    shown: undefined,
    opened: [],
    pausedAt: undefined,
    earlier: [],
    kept: false,
  }))
}

/** What the list is about, oldest first: the attempts from before a reload too, and none that came after a pause. */
export function attemptsOf(
  recorded: readonly Decision[],
  { earlier, pausedAt }: Pick<TimelineState, 'earlier' | 'pausedAt'>,
): readonly Decision[] {
  const end = pausedAt === undefined ? recorded.length : newerThan(recorded, pausedAt)
  const now = end < recorded.length ? recorded.slice(0, end) : recorded
  return earlier.length > 0 ? [...earlier, ...now] : now
}

/** The index of the first attempt after `number`: those in the record are numbered without a gap. */
function newerThan(recorded: readonly Decision[], number: number): number {
  const first = recorded[0]?.number ?? 0
  return Math.min(Math.max(0, number - first + 1), recorded.length)
}

/** Where an attempt is among these, oldest first; -1 if it is not. */
export function indexIn(decisions: readonly Decision[], number: number): number {
  return bisect(decisions.length, (index) => number - (decisions[index]?.number ?? 0))
}
