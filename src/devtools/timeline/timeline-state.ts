import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Decision, Outcome } from '../../engine/record/decision.ts'
import { bisect } from './bisect.ts'
import type { Order } from './sort.ts'

/** Columns that a row can show besides the outcome and the event name. */
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

/** The tester's choices, stored per origin. */
export interface TimelineChoices {
  /** Filter text, see filter-terms.ts. */
  readonly text: string
  /** Outcomes to show; an empty list shows all. */
  readonly outcomes: readonly Outcome[]
  /** Shows only attempts with a problem. */
  readonly problems: boolean
  readonly order: Order
  /** Hidden columns, including those of extensions. */
  readonly hidden: readonly string[]
  /** Groups equal neighbouring attempts in one row. */
  readonly grouped: boolean
  /** Marks decisions in the browser's Performance panel. */
  readonly traced: boolean
}

export interface TimelineState extends TimelineChoices {
  /** Filter from the URL that contains a regular expression and waits for the tester. */
  readonly offered: string | undefined
  /** Numbers of the active attempt in the list and of the attempt in the detail pane. */
  readonly active: number | undefined
  readonly shown: number | undefined
  /** Expanded runs of equal attempts, each by the number of its oldest attempt. */
  readonly opened: readonly number[]
  /** Moves the focus to the filter. */
  readonly seeking: boolean
  /** Newest attempt in a list that holds still, because the pointer is over it or it is scrolled. */
  readonly heldAt: number | undefined
  /** Number of the newest attempt in a paused list. */
  readonly pausedAt: number | undefined
  /** Attempts of earlier pages in this tab, oldest first; their numbers end at 0. */
  readonly earlier: readonly Decision[]
  /** Keeps attempts across reloads. */
  readonly kept: boolean
}

export type TimelineStore = StoreApi<TimelineState>

export const noChoices: TimelineChoices = {
  text: '',
  outcomes: [],
  problems: false,
  order: 'newest',
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
    seeking: false,
    heldAt: undefined,
    pausedAt: undefined,
    earlier: [],
    kept: false,
  }))
}

/**
 * Returns the attempts of the list, oldest first. Includes those from before a reload, and excludes those after a
 * pause.
 */
export function attemptsOf(
  recorded: readonly Decision[],
  { earlier, pausedAt }: Pick<TimelineState, 'earlier' | 'pausedAt'>,
): readonly Decision[] {
  const end = pausedAt === undefined ? recorded.length : newerThan(recorded, pausedAt)
  const now = end < recorded.length ? recorded.slice(0, end) : recorded
  return earlier.length > 0 ? [...earlier, ...now] : now
}

/** Returns the index of the first attempt after `number`. The numbers in the record are consecutive. */
function newerThan(recorded: readonly Decision[], number: number): number {
  const first = recorded[0]?.number ?? 0
  return Math.min(Math.max(0, number - first + 1), recorded.length)
}

/** Returns the index of an attempt in a list with the oldest first; -1 if it is not there. */
export function indexIn(decisions: readonly Decision[], number: number): number {
  return bisect(decisions.length, (index) => number - (decisions[index]?.number ?? 0))
}
