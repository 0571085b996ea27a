import { type FrequencyRule, MAX_COUNT } from '../../plan/frequency.ts'
import { copyOf } from '../../support/copy-of.ts'
import { hash } from '../../support/hash.ts'
import { runCode } from '../decision/run-code.ts'
import type { Properties } from '../pipeline/occurrence.ts'
import type { RuleState } from '../record/decision.ts'

/** Rules of an event that share one list of times. */
export interface Claim {
  readonly scope: ClaimScope
  /** Event name and hashed key. The id of the scope precedes it in storage. */
  readonly key: string
  readonly plainKey: string
  readonly rules: readonly FrequencyRule[]
}
export type ClaimScope = 'page' | 'tab' | 'session' | 'user'

/** Returns the scope of a rule. A window counts for the browser profile: only `user` lasts longer than a session. */
function scopeOf(rule: FrequencyRule): ClaimScope {
  return typeof rule.per === 'string' ? rule.per : 'user'
}

export function claimsOf(
  event: string,
  rules: readonly FrequencyRule[],
  properties: Properties,
  factKey: string,
): readonly Claim[] {
  if (rules.length === 0) return []
  const claims = new Map<string, Claim>()
  // Two key functions may return the same key with different meanings.
  const keys = [...new Set(rules.map((rule) => rule.key))].filter(Boolean)
  for (const rule of rules) {
    const plainKey = plainKeyOf(rule, properties, factKey)
    const scope = scopeOf(rule)
    const key = rule.key ? `${event}|${hash(`${keys.indexOf(rule.key)}|${plainKey}`)}` : event
    const together = [...(claims.get(scope + key)?.rules ?? []), rule]
    claims.set(scope + key, { scope, key, plainKey, rules: together })
  }
  return [...claims.values()]
}

/** Returns true if the rules' `key` returned no key: one list would count unrelated occurrences together. */
export const isKeyless = ({ plainKey, rules }: Claim): boolean =>
  plainKey === '' && rules.some(({ key }) => typeof key === 'function')

function plainKeyOf({ key }: FrequencyRule, properties: Properties, factKey: string): string {
  if (key === 'fact') return factKey
  if (!key) return ''
  const given: unknown = runCode('key', () => key(copyOf(properties)))
  const isKey = typeof given === 'string' || typeof given === 'boolean' || Number.isFinite(given)
  return isKey && String(given).trim() ? String(given) : ''
}

/**
 * Returns the state of each rule. `times` are earlier occurrences, oldest first; times in the future, after the clock
 * was set back, count as now.
 */
export function rulesOf(claim: Claim, times: readonly number[], now: number): readonly RuleState[] {
  const past = times.map((time) => Math.min(time, now))
  return claim.rules.map((rule) => {
    const windowMs = typeof rule.per === 'object' ? rule.per.windowMs : Number.POSITIVE_INFINITY
    const counted = past.filter((time) => now - time < windowMs)
    const earlier = past.at(-1)
    const full = counted.length >= rule.max
    const gapEnd = earlier === undefined || !rule.minGapMs ? 0 : earlier + rule.minGapMs
    const windowEnd = full ? (counted[counted.length - rule.max] ?? now) + windowMs : 0
    const opensAt = Math.max(gapEnd, windowEnd)
    const open = !full && gapEnd <= now
    return {
      rule,
      per: rule.per,
      key: claim.plainKey,
      count: counted.length,
      earlier,
      open,
      opensAt: open || opensAt === Number.POSITIVE_INFINITY ? undefined : opensAt,
    }
  })
}

export function admits(claim: Claim, times: readonly number[], now: number): boolean {
  return rulesOf(claim, times, now).every((state) => state.open)
}

/** Adds a time to the list, and keeps as many times as the rules need. */
export function withTime(claim: Claim, times: readonly number[], time: number): readonly number[] {
  const keep = Math.max(...claim.rules.map((rule) => (rule.max === Number.POSITIVE_INFINITY ? 1 : rule.max)))
  return [...times, time].sort((a, b) => a - b).slice(-Math.min(keep, MAX_COUNT))
}
