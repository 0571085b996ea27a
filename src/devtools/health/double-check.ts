import type { Decision } from '../../engine/types.ts'
import { attempt } from '../../support/attempt.ts'
import { readOnce } from '../parts/read-once.ts'
import { plural } from '../parts/time-words.ts'
import { type Concern, newest, seenAt } from './concern.ts'

/** Two acts of a visitor are further apart. */
const AT_ONCE_MS = 20

/** Looks for what counts twice by the decisions alone, again and again: no two are compared twice. */
export function createDoubleCheck() {
  const pairs = createPairing()
  return (decisions: readonly Decision[]): readonly Concern[] => [
    ...atOnce(pairs(decisions)),
    ...repeated(decisions),
    ...oneIdTwice(decisions),
  ]
}

/** Decisions that show one thing, by what it is called. */
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

/** Two of one event, closer together than a visitor acts. */
interface Pair {
  readonly before: Decision
  readonly decision: Decision
  /** Event and component, or components. */
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

/** An attempt, and what came of comparing it with the one of its event before. */
interface Act {
  readonly decision: Decision
  /** Number of the event's decision. */
  readonly number: number
  before?: Decision | undefined
  pair?: Pair | undefined
}

/** The pairs in a growing list: a decision is compared with the one before it once. */
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

/** One event from two places, or twice from one with the same properties. */
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
        mend: `One user action sent two events. Leave the event to one of the two${one === 'track' || other === 'track' ? ': most often the call of `track` in the handler can go' : ''}.`,
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
        mend:
          component === 'track'
            ? 'A call in an effect runs twice under StrictMode, and again at each remount. Call `track` where the visitor acts, or give the event a frequency.'
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
      mend: 'Nothing is lost. StrictMode does it once for each mount; more often than that, look for a `key` that changes.',
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
        mend: 'Destinations that tell events apart by their id keep one of them. Give `beforeSend` no id to change, and each event its own call.',
      } as const,
    ]
  })
}
