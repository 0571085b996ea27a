import { duration } from '../../support/duration-in-words.ts'

/** A limit of a plan or of its manifest, where `max` is absent if only `minGapMs` limits. */
export interface Limit {
  readonly max?: number
  readonly per: string | { readonly windowMs: number }
  readonly key?: unknown
  readonly minGapMs?: number | undefined
}

/** Describes all limits of an event, such as `once per session; at most 3 times in 1 day for each key`. */
export function rulesInWords(rules: readonly Limit[]): string {
  return rules.map(ruleInWords).join('; ') || 'every time'
}

/** Describes one limit, such as `once per session`, `at most 3 times in 24 h, at least 5 s apart` or `every time`. */
export function ruleInWords(rule: Limit): string {
  const { max = Number.POSITIVE_INFINITY, minGapMs } = rule
  const parts = [
    ...(Number.isFinite(max) ? [limitInWords(rule)] : []),
    ...(minGapMs ? [gapInWords(rule)] : []),
  ]
  return parts.join(', ') || 'every time'
}

export function limitInWords({ max, per, key }: Limit): string {
  const times = max === 1 ? 'once' : `at most ${max} times`
  const scope = typeof per === 'string' ? `per ${per}` : `in ${duration(per.windowMs)}`
  return `${times} ${scope}${keyInWords(key)}`
}

export function gapInWords({ minGapMs = 0, key }: Limit): string {
  return `at least ${duration(minGapMs)} apart${keyInWords(key)}`
}

function keyInWords(key: unknown): string {
  return key === undefined ? '' : key === 'fact' ? ' for each fact' : ' for each key'
}
