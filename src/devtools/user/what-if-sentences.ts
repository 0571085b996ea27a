import { inDigits, plural } from '../parts/time-words.ts'
import type { Preset, WhatIfRow } from './what-if.ts'

/** Returns one sentence per answer of the user, such as `If the user denies everything, no destination gets anything.` */
export function whatIfSentences(
  presets: readonly Preset[],
  rows: readonly WhatIfRow[],
  destinations: readonly string[],
): readonly string[] {
  return presets.map(({ clause }, column) => {
    const totals = destinations.map((name) => {
      const cells = rows.map(({ cells: of }) => of[column]?.[name])
      return {
        name,
        sent: cells.reduce((sum, cell) => sum + (cell?.sent ?? 0), 0),
        held: cells.reduce((sum, cell) => sum + (cell?.held ?? 0), 0),
      }
    })
    return `${clause}, ${totalsInWords(totals)}.`
  })
}

interface Total {
  readonly name: string
  readonly sent: number
  readonly held: number
}

function totalsInWords(totals: readonly Total[]): string {
  if (totals.every(({ sent, held }) => sent + held === 0)) return 'no destination gets anything'
  const groups = new Map<string, Total[]>()
  for (const total of totals) {
    const key = `${total.sent} ${total.held}`
    groups.set(key, [...(groups.get(key) ?? []), total])
  }
  return [...groups.values()].map(groupInWords).join('; ')
}

function groupInWords(group: readonly Total[]): string {
  const names = listed(group.map(({ name }) => name))
  const { sent = 0, held = 0 } = group[0] ?? {}
  const [gets, holds] = group.length > 1 ? ['get', 'hold'] : ['gets', 'holds']
  const waiting = `${holds} ${inDigits(held)} until the user answers`
  if (sent === 0) return `${names} ${held ? waiting : `${gets} nothing`}`
  const each = group.length > 1 ? ' each' : ''
  return `${names} ${gets} ${plural(sent, 'event')}${each}${held ? ` and ${waiting}` : ''}`
}

function listed(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join()
}
