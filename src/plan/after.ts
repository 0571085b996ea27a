import type { FrequencyRule } from './frequency.ts'

/** `'30s'`, `'10m'`, `'24h'`, `'3d'`; up to 90 days. */
export type Duration = `${number}${'s' | 'm' | 'h' | 'd'}`

/** One of the occurrences that a derived event follows from. */
export interface CauseInPlan {
  readonly event: string
  /** Epoch ms. */
  readonly time: number
}

/** The event has occurred `times` times: with the last of them the derived event occurs, once in each `within`. */
export interface AfterTimes<Names extends string> {
  readonly event: Names
  /** 1-50. Default 1. */
  readonly times?: number | undefined
  /** Default `'session'`. */
  readonly within?: Duration | 'session' | undefined
  readonly without?: undefined
}

/**
 * The event has occurred, and for the time of `within` the other one has not. Found when the visitor is here the next
 * time, until twice that time has passed; only where storage is permitted.
 */
export interface AfterWithout<Names extends string> {
  readonly event: Names
  readonly without: Names
  readonly within: Duration
  readonly times?: undefined
}

/** What a derived event carries, made of its causes, oldest first. Required where the event requires properties. */
export type DerivedProperties<In> = {} extends In
  ? { readonly properties?: ((causes: readonly CauseInPlan[]) => In) | undefined }
  : { readonly properties: (causes: readonly CauseInPlan[]) => In }

export type After<In, Names extends string> = (AfterTimes<Names> | AfterWithout<Names>) &
  DerivedProperties<In>

/** An ordered way to a goal; with `within`, one that takes no longer from its first step to its last. */
export interface FunnelOptions<Names extends string> {
  readonly steps: readonly Names[]
  readonly within?: Duration | undefined
}

export const MAX_TIMES = 50
const DAY_MS = 24 * 60 * 60_000
export const MAX_WITHIN_MS = 90 * DAY_MS

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 60 * 60_000, d: DAY_MS }

/** NaN for what is no duration. */
export function durationMs(text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? []
  return Number(amount) * (unitMs[unit] ?? Number.NaN)
}

/** One in each `within`, whatever the event's own rules say: that is decided between tabs. */
export function ruleOfAfter({ within = 'session' }: After<object, string>): FrequencyRule {
  return { max: 1, per: within === 'session' ? within : { windowMs: durationMs(within) } }
}
