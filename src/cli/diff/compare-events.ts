import type { ManifestEvent } from '../../plan/manifest.ts'
import { rulesInWords } from '../../plan/words/frequency-in-words.ts'
import { type Change, type ChangeLevel, changeOf } from './change.ts'
import { compareProperties } from './compare-properties.ts'
import { fromTo, same } from './same.ts'

type Key = keyof ManifestEvent

/** Options whose changes always have the same level. */
const levels: Readonly<Partial<Record<Key, ChangeLevel>>> = {
  sampleRate: 'figures',
  sampleBy: 'figures',
  rollout: 'figures',
  counts: 'figures',
  value: 'figures',
  id: 'figures',
  after: 'figures',
  macro: 'figures',
  goal: 'figures',
  stage: 'figures',
  intent: 'figures',
  description: 'words',
  owner: 'words',
  kind: 'words',
  priority: 'words',
  urgency: 'words',
  version: 'words',
  pii: 'words',
}

export function compareEvents(name: string, before: ManifestEvent, after: ManifestEvent): readonly Change[] {
  return [
    ...compareWireNames(name, before, after),
    ...compareStatus(name, before, after),
    ...compareFrequency(name, before, after),
    ...compareDestinations(name, before, after),
    ...Object.entries(levels).flatMap(([key, level]) => {
      const [was, is] = [before[key as Key], after[key as Key]]
      return same(was, is) ? [] : [changeOf(name, level, `${key} ${fromTo(was, is)}`)]
    }),
    ...compareProperties(name, before.properties, after.properties),
  ]
}

function compareWireNames(name: string, before: ManifestEvent, after: ManifestEvent): readonly Change[] {
  const [was, is] = [before.wireName ?? name, after.wireName ?? name]
  return was === is ? [] : [changeOf(name, 'breaking', `destinations receive "${is}" instead of "${was}".`)]
}

const sent: readonly string[] = ['live', 'deprecated']

/** Returns whether destinations receive the event: its status is `live` (the default) or `deprecated`. */
export const wasRead = ({ status = 'live' }: ManifestEvent): boolean => sent.includes(status)

function compareStatus(name: string, before: ManifestEvent, after: ManifestEvent): readonly Change[] {
  const { status: was = 'live' } = before
  const { status: is = 'live' } = after
  if (was === is) return []
  const level = wasRead(before) === wasRead(after) ? 'words' : wasRead(before) ? 'breaking' : 'safe'
  return [
    changeOf(
      name,
      level,
      `${was} → ${is}${level === 'breaking' ? ': destinations receive it no more' : ''}.`,
    ),
  ]
}

function compareFrequency(name: string, before: ManifestEvent, after: ManifestEvent): readonly Change[] {
  if (same(before.frequency, after.frequency)) return []
  const [was, is] = [rulesInWords(before.frequency ?? []), rulesInWords(after.frequency ?? [])]
  const what =
    was === is ? 'has another function for its key: look at what it tells apart.' : `counts ${was} → ${is}.`
  return [changeOf(name, 'figures', what)]
}

function compareDestinations(name: string, before: ManifestEvent, after: ManifestEvent): readonly Change[] {
  const { destinations: was = {} } = before
  const { destinations: is = {} } = after
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((destination) => {
    const [from, to] = [was[destination], is[destination]]
    if (same(from, to)) return []
    if (to === false) return [changeOf(name, 'breaking', `does not go to ${destination} any more.`)]
    if (from === false) return [changeOf(name, 'safe', `goes to ${destination} now.`)]
    return [changeOf(name, 'figures', `for ${destination} ${fromTo(from, to)}`)]
  })
}
