import type { Decision } from '../../engine/record/decision.ts'
import { attempt } from '../../support/attempt.ts'
import { readOnce } from '../parts/read-once.ts'
import { plural } from '../parts/time-words.ts'
import { type Concern, newest, seenAt } from './concern.ts'

/** Maximum ms between two attempts that count as one user action. */
const AT_ONCE_MS = 20

/** Creates a check for events that count twice, from the decisions alone. Repeated calls compare only new decisions. */
export function createDoubleCheck() {
  const pairs = createPairing()
  return (decisions: readonly Decision[]): readonly Concern[] => [
    ...atOnce(pairs(decisions)),
    ...repeated(decisions),
    ...oneIdTwice(decisions),
  ]
}

/** Groups decisions by key. */
function gather() {
  const groups = new Map<string, Decision[]>()
  return {
    groups,
    add(key: string, ...shown: readonly Decision[]): void {
      const group = groups.get(key)
      if (group) group.push(...shown)
      else groups.set(key, [...shown])
    },
  }
}

/** Two attempts of one event, too close together for two user actions. */
interface Pair {
  readonly before: Decision
  readonly decision: Decision
  /** Event and component names, joined by `|`. */
  readonly key: string
  readonly kind: 'places' | 'doubles'
}

function pairOf(before: Decision, decision: Decision): Pair | undefined {
  const { event, trigger, time, page } = decision
  if (time - before.time > AT_ONCE_MS || before.page.number !== page.number) return undefined
  const components = [before.trigger.component, trigger.component].sort()
  if (components[0] !== components[1])
    return { before, decision, key: [event, ...components].join('|'), kind: 'places' }
  return counted(before) && counted(decision) && alike(before, decision)
    ? { before, decision, key: [event, trigger.component].join('|'), kind: 'doubles' }
    : undefined
}

/** An attempt, and its comparison with the previous attempt of the same event. */
interface Act {
  readonly decision: Decision
  /** Index of the event name among the names seen so far. */
  readonly number: number
  before?: Decision | undefined
  pair?: Pair | undefined
}

/** Finds pairs in a growing list. Compares each decision with its predecessor only once. */
function createPairing() {
  const numbers = new Map<string, number>()
  const acts = readOnce((decision): Act | undefined => {
    const { event, trigger, reason } = decision
    if (trigger.synthetic || reason === 'repeated' || reason === 'unknown-event') return undefined
    const number = numbers.get(event) ?? numbers.size
    numbers.set(event, number)
    return { decision, number }
  })
  return (decisions: readonly Decision[]): readonly Pair[] => {
    const last: Decision[] = []
    const found: Pair[] = []
    for (const act of acts(decisions)) {
      if (!act) continue
      const before = last[act.number]
      last[act.number] = act.decision
      if (act.before !== before) {
        act.before = before
        act.pair = before && pairOf(before, act.decision)
      }
      if (act.pair) found.push(act.pair)
    }
    return found
  }
}

/** Reports events from two components at once, or twice from one component with the same properties. */
function atOnce(pairs: readonly Pair[]): readonly Concern[] {
  const found = { places: gather(), doubles: gather() }
  for (const { kind, key, before, decision } of pairs) found[kind].add(key, before, decision)
  const { places, doubles } = found
  return [
    ...[...places.groups].map(([key, shown]): Concern => {
      const [event = '', one = '', other = ''] = key.split('|')
      const both = shown.filter(counted).length > shown.length / 2
      return {
        id: `places|${key}`,
        tone: both ? 'problem' : 'note',
        title: `${event} is reported by ${one} and ${other} at once`,
        evidence: [...seenAt(shown), both ? 'both count' : 'a rule of the plan lets only one of them count'],
        attempts: newest(shown),
        fix: `One user action sent two events. Leave the event to one of the two${one === 'track' || other === 'track' ? ': most often the call of `track` in the handler can go' : ''}.`,
      }
    }),
    ...[...doubles.groups].map(([key, shown]): Concern => {
      const [event = '', component = ''] = key.split('|')
      return {
        id: `double|${key}`,
        tone: 'problem',
        title: `${event} counts twice at once, with the same properties`,
        evidence: seenAt(shown),
        attempts: newest(shown),
        fix:
          component === 'track'
            ? 'A call in an effect runs twice under StrictMode, and again at each remount. Call `track` where the user acts, or give the event a frequency.'
            : 'Look for two listeners, or the component rendered twice; or give the event a frequency.',
      }
    }),
  ]
}

const counted = ({ outcome }: Decision) => outcome === 'fired' || outcome === 'held'

function alike(one: Decision, other: Decision): boolean {
  const { fact, factKey, attemptId } = one.trigger
  if (fact !== other.trigger.fact || factKey !== other.trigger.factKey) return false
  if (attemptId !== other.trigger.attemptId || !one.properties || !other.properties) return false
  const [mine, its] = [one.properties, other.properties]
  return attempt(() => JSON.stringify(mine) === JSON.stringify(its)) ?? false
}

function repeated(decisions: readonly Decision[]): readonly Concern[] {
  const again = gather()
  for (const decision of decisions)
    if (decision.reason === 'repeated') again.add(`${decision.event}|${decision.trigger.component}`, decision)
  return [...again.groups].map(([key, shown]) => {
    const [event = '', component = ''] = key.split('|')
    return {
      id: `repeated|${key}`,
      tone: 'note',
      title: `${component} mounted again and reported ${event} again`,
      evidence: [`${plural(shown.length, 'repeat')}, none of them counted`, ...seenAt(shown)],
      attempts: newest(shown),
      fix: 'It is harmless: StrictMode does it once for each mount; more often than that, look for a `key` that changes.',
    }
  })
}

function oneIdTwice(decisions: readonly Decision[]): readonly Concern[] {
  const first = new Map<string, Decision>()
  const again = gather()
  for (const decision of decisions) {
    const { eventId: id, outcome } = decision
    if (!id || outcome !== 'fired') continue
    const before = first.get(id)
    if (!before) first.set(id, decision)
    else if (again.groups.has(id)) again.add(id, decision)
    else again.add(id, before, decision)
  }
  return [...again.groups].flatMap(([id, shown]) => {
    const where = shown.flatMap(({ deliveries }) =>
      Object.keys(deliveries).filter((name) => deliveries[name]?.state !== 'denied'),
    )
    const twice = [...new Set(where.filter((name, index) => where.indexOf(name) !== index))]
    if (twice.length === 0) return []
    return [
      {
        id: `id|${id}`,
        tone: 'problem',
        title: `${shown[0]?.event} went to ${twice.join(', ')} twice under one id`,
        evidence: seenAt(shown),
        attempts: newest(shown),
        fix: 'Destinations that deduplicate by id keep only one of them. Do not change ids in `beforeSend`, and call `track` once for each event.',
      } as const,
    ]
  })
}
