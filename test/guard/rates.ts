import { withoutPersonalData } from '../../src/engine/personal-data/personal-data.ts'
import { harmless, personal, plainOf, secretOf } from './corpus.ts'
import type { Sort } from './sort.ts'

export interface Rate {
  readonly kind: string
  /** `alarms` in harmless strings, `misses` of personal data. */
  readonly fault: 'alarms' | 'misses'
  readonly heldOut: boolean
  readonly total: number
  /** The strings themselves. */
  readonly faults: readonly string[]
}

/** The longest part of a secret that may remain by chance. */
const BY_CHANCE = 5

/** As the value of a property whose name says nothing. */
function guarded(text: string): string {
  return String(withoutPersonalData({ note: text }).properties['note'])
}

function remains(text: string): boolean {
  const secret = secretOf(text)
  const left = guarded(plainOf(text))
  const starts = Math.max(1, secret.length - BY_CHANCE)
  return Array.from({ length: starts }, (_, at) => secret.slice(at, at + BY_CHANCE + 1)).some((part) =>
    left.includes(part),
  )
}

const alarms = (text: string) => guarded(plainOf(text)) !== plainOf(text)

function ratesOf(sorts: readonly Sort[], fault: Rate['fault'], isFault: (text: string) => boolean) {
  return sorts.flatMap(({ kind, tuned, heldOut }) =>
    [tuned, heldOut].map(
      (texts, index): Rate => ({
        kind,
        fault,
        heldOut: index === 1,
        total: texts.length,
        faults: texts.filter(isFault),
      }),
    ),
  )
}

/** How often the guard is wrong about the corpus, by kind. */
export function guardRates(): readonly Rate[] {
  return [...ratesOf(harmless, 'alarms', alarms), ...ratesOf(personal, 'misses', remains)]
}

/** Of all rates together, 0-1. */
export function shareOf(rates: readonly Rate[]): number {
  const sum = (of: (rate: Rate) => number) => rates.reduce((total, rate) => total + of(rate), 0)
  return sum(({ faults }) => faults.length) / sum(({ total }) => total)
}

export const MOST_MISSES = 0.05
export const MOST_ALARMS = 0.03

/** Both rates as a Markdown table, and whether they keep their bounds. */
export function reportGuard(): { readonly text: string; readonly holds: boolean } {
  const rates = guardRates()
  const kinds = [...new Set(rates.map(({ kind }) => kind))]
  const cell = (some: readonly Rate[]) =>
    `${some.reduce((total, { faults }) => total + faults.length, 0)} of ${some.reduce((all, { total }) => all + total, 0)}`
  const rows = kinds.map((kind) => {
    const mine = rates.filter((rate) => rate.kind === kind)
    return `| ${kind} | ${mine[0]?.fault} | ${cell(mine)} | ${cell(mine.filter(({ heldOut }) => heldOut))} |`
  })
  const totals = (['alarms', 'misses'] as const).map((fault) => {
    const all = rates.filter((rate) => rate.fault === fault)
    const percent = (some: readonly Rate[]) => `${(100 * shareOf(some)).toFixed(1)} %`
    return {
      line: `| **all ${fault}** | | **${cell(all)}: ${percent(all)}** | ${percent(all.filter(({ heldOut }) => heldOut))} |`,
      holds: shareOf(all) <= (fault === 'alarms' ? MOST_ALARMS : MOST_MISSES),
    }
  })
  return {
    text: [
      '| kind of string | counted | in all | of those held out |',
      '| --- | --- | --- | --- |',
      ...rows,
      ...totals.map(({ line }) => line),
      '',
      'Held out: half of the corpus, which the patterns were not tuned against.',
    ].join('\n'),
    holds: totals.every(({ holds }) => holds),
  }
}
