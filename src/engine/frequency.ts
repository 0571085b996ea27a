import { type FrequencyRule, MAX_COUNT } from '../plan/frequency.ts'
import { copyOf } from '../support/copy-of.ts'
import { hash } from '../support/hash.ts'
import { runCode } from './run-code.ts'
import type { Properties, RuleState } from './types.ts'

/** The rules of an event that read and write one list of times. */
export interface Claim {
  readonly scope: ClaimScope
  /** Event name and hashed key: the scope's id comes before it when it is stored. */
  readonly key: string
  readonly plainKey: string
  readonly rules: readonly FrequencyRule[]
}
export type ClaimScope = 'page' | 'tab' | 'session' | 'user'

/** A window counts over the profile: only `user` outlives sessions. */
function scopeOf(rule: FrequencyRule): ClaimScope {
  return typeof rule.per === 'string' ? rule.per : 'user'
}

export function claimsOf(
  event: string,
  rules: readonly FrequencyRule[],
  properties: Properties,
  factKey: string,
): readonly Claim[] {
  const claims = new Map<string, Claim>()
  // Two keys may give one answer and mean different things by it.
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

/** The `key` of its rules gave nothing: its list would count what has nothing to do with each other as one thing. */
export const isKeyless = ({ plainKey, rules }: Claim): boolean =>
  plainKey === '' && rules.some(({ key }) => typeof key === 'function')

function plainKeyOf({ key }: FrequencyRule, properties: Properties, factKey: string): string {
  if (key === 'fact') return factKey
  if (!key) return ''
  const given: unknown = runCode('key', () => key(copyOf(properties)))
  const isKey = typeof given === 'string' || typeof given === 'boolean' || Number.isFinite(given)
  return isKey && String(given).trim() ? String(given) : ''
}

/** `times`: earlier occurrences, oldest first. A clock that was set back leaves times in the future: they count as now. */
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

/** The list with one more time, as long as its rules ask. */
export function withTime(claim: Claim, times: readonly number[], time: number): readonly number[] {
  const keep = Math.max(...claim.rules.map((rule) => (rule.max === Number.POSITIVE_INFINITY ? 1 : rule.max)))
  return [...times, time].sort((a, b) => a - b).slice(-Math.min(keep, MAX_COUNT))
}
