import type { LiveTracker } from '../../engine/live-trackers.ts'
import type { Decision } from '../../engine/types.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { attempt } from '../../support/attempt.ts'
import { clockTime, plural } from '../parts/time-words.ts'
import { type Concern, MAX_SHOWN } from './concern.ts'
import type { OtherSenders, Send } from './other-senders.ts'

export interface ConflictScene {
  readonly plan: AnyPlan
  readonly decisions: readonly Decision[]
  /** The record has forgotten some: an id that it does not know may still be ours. */
  readonly forgetful: boolean
  readonly live: readonly LiveTracker[]
  readonly others: OtherSenders
  /** Sent while somebody watched. */
  readonly watched: readonly Send[]
}

/** Two acts of a visitor are further apart. */
const AT_ONCE_MS = 20

/** What counts twice by the decisions alone. Linear in those that are kept. */
export function countedTwice(decisions: readonly Decision[]): readonly Concern[] {
  return [...atOnce(decisions), ...repeated(decisions), ...oneIdTwice(decisions)]
}

/** What counts twice, or soon will, because of what else is on the page. */
export function conflictsAround(scene: ConflictScene): readonly Concern[] {
  const { decisions, others, watched } = scene
  const named = [...others.sends, ...watched].some(({ id }) => id !== undefined)
  const ours = new Set(named ? decisions.map(({ eventId }) => eventId) : [])
  return [
    ...copies(scene.live),
    ...trackersOfOnePlan(scene),
    ...layerTwice(scene, ours),
    ...secondSenders(scene, ours),
    ...otherTrackers(others),
  ]
}

/** Ids of events that are kept. */
type Ids = ReadonlySet<string | undefined>

function copies(live: readonly LiveTracker[]): readonly Concern[] {
  const found = [...new Set(live.map(({ copy }) => copy))]
  if (found.length < 2) return []
  return [
    {
      id: 'copies',
      tone: 'problem',
      title: `${found.length} copies of react-microconversions are on this page`,
      evidence: found.map(({ version }) => `version ${version}`),
      attempts: [],
      mend: 'They share neither context nor counts. Let the bundler keep one: `npm ls react-microconversions`, then `npm dedupe`, or `resolve.dedupe` of Vite.',
    },
  ]
}

function trackersOfOnePlan({ live, plan }: ConflictScene): readonly Concern[] {
  const found = live.filter((tracker) => tracker.plan === plan.name)
  if (found.length < 2) return []
  return [
    {
      id: 'trackers',
      tone: 'problem',
      title: `${found.length} trackers of the plan “${plan.name}” are alive`,
      evidence: found.map(({ copy }) => `made by version ${copy.version}`),
      attempts: [],
      mend: 'Both count, and share their storage. Make the tracker once, outside of components, and dispose it in `import.meta.hot.dispose`.',
    },
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

const newest = (decisions: readonly Decision[]) => decisions.slice(-MAX_SHOWN).map(({ number }) => number)
const whereOf = ({ trigger }: Decision) =>
  `${trigger.component} (${trigger.fact}${trigger.factKey ? `, ${trigger.factKey}` : ''})`
const seenAt = (decisions: readonly Decision[]) =>
  decisions
    .slice(-MAX_SHOWN)
    .map((decision) => `attempt ${decision.number}, ${clockTime(decision.time)}: ${whereOf(decision)}`)

/** One event from two places, or twice from one with the same properties, closer together than a visitor acts. */
function atOnce(decisions: readonly Decision[]): readonly Concern[] {
  const last = new Map<string, Decision>()
  const places = gather()
  const doubles = gather()
  for (const decision of decisions) {
    const { event, trigger, time, reason } = decision
    if (trigger.synthetic || reason === 'repeated' || reason === 'unknown-event') continue
    const before = last.get(event)
    last.set(event, decision)
    if (!before || time - before.time > AT_ONCE_MS || before.page.number !== decision.page.number) continue
    if (before.trigger.component !== trigger.component)
      places.add([event, ...[before.trigger.component, trigger.component].sort()].join('|'), before, decision)
    else if (counted(before) && counted(decision) && alike(before, decision))
      doubles.add([event, trigger.component].join('|'), before, decision)
  }
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
        mend: `One act, two reports. Leave the event to one of the two${one === 'track' || other === 'track' ? ': most often the call of `track` in the handler can go' : ''}.`,
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
  return sameProperties(one.properties, other.properties)
}

const compared = new WeakMap<object, { readonly other: object; readonly same: boolean }>()

/** Compared once: a decision has the same properties in each state of its deliveries. */
function sameProperties(properties: object, other: object): boolean {
  const known = compared.get(properties)
  if (known?.other === other) return known.same
  const same = attempt(() => JSON.stringify(properties) === JSON.stringify(other)) ?? false
  compared.set(properties, { other, same })
  return same
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

/** Both `ga4` and `gtm`, or a container beside a tag: Google's layer gets the event twice. */
function layerTwice({ decisions, others }: ConflictScene, ours: Ids): readonly Concern[] {
  const ways = new Map<string, Send[]>()
  for (const send of others.sends)
    if (send.id && ours.has(send.id)) ways.set(send.id, [...(ways.get(send.id) ?? []), send])
  const twice = [...ways.values()].filter((sends) => sends.length > 1)
  const names = [...new Set(twice.flatMap((sends) => sends.map(({ name }) => name)))]
  return names.map((name) => {
    const shown = twice.filter((sends) => sends.some((send) => send.name === name))
    const ids = new Set(shown.flatMap((sends) => sends.map(({ id }) => id)))
    const attempts = decisions.filter(({ eventId }) => eventId && ids.has(eventId))
    return {
      id: `layer|${name}`,
      tone: 'problem',
      title: `${name} is in the data layer twice under one id`,
      evidence: [
        `${plural(shown.length, 'event')}, by ${[...new Set(shown.flat().map(({ via }) => via))].join(' and ')}`,
        ...seenAt(attempts),
      ],
      attempts: newest(attempts),
      mend: 'Where the container has a Google tag, `ga4` and `gtm` both reach it. Keep one of the two destinations.',
    }
  })
}

/** An event of the plan's name that no decision of ours has made. */
function secondSenders(
  { plan, decisions, forgetful, others, watched }: ConflictScene,
  ours: Ids,
): readonly Concern[] {
  const events = new Map<string, string>()
  for (const [name, event] of plan.events) {
    for (const wire of wireNamesOf(name, event)) events.set(wire, name)
  }
  // What is pushed while somebody watches is in the layer too.
  const seen = [...others.sends, ...watched.filter(({ via }) => via !== 'gtag' && via !== 'dataLayer')]
  const foreign = new Map<string, Send[]>()
  for (const send of seen) {
    const event = events.get(send.name)
    const mine = send.id !== undefined && (ours.has(send.id) || forgetful)
    if (!event || mine) continue
    const key = `${event}|${send.via}`
    foreign.set(key, [...(foreign.get(key) ?? []), send])
  }
  return [...foreign].map(([key, sends]) => {
    const [event = '', via = ''] = key.split('|')
    const attempts = decisions.filter((decision) => decision.event === event)
    const times = watched.filter((send) => send.via === via && sends.some(({ name }) => name === send.name))
    return {
      id: `second|${key}`,
      tone: 'problem',
      title: `Something else sends ${sends[0]?.name} by ${via}`,
      evidence: [
        `${plural(sends.length, 'time')} without an id of ours; this tracker has ${plural(attempts.length, 'attempt')}`,
        ...times.slice(-MAX_SHOWN).map(({ time = 0 }) => `at ${clockTime(time)}`),
      ],
      attempts: newest(attempts),
      mend: 'The same behaviour counts twice where both arrive. Remove the other call, or the tag that makes it.',
    }
  })
}

function wireNamesOf(
  name: string,
  { wireName, destinations }: { wireName?: string | undefined; destinations?: object | undefined },
) {
  const overrides = Object.values(destinations ?? {}).map(
    (override) => (override as { name?: unknown } | false) || {},
  )
  const renamed = overrides.map((override) => override.name).filter((own) => typeof own === 'string')
  return [wireName ?? name, ...renamed]
}

function otherTrackers({ trackers }: OtherSenders): readonly Concern[] {
  return trackers
    .filter(({ autocapture }) => autocapture)
    .map(({ name }) => ({
      id: `autocapture|${name}`,
      tone: 'note',
      title: `${name} captures clicks and submits by itself`,
      evidence: ['its autocapture is on'],
      attempts: [],
      mend: 'Its events have names of their own: a report that adds both up counts an act twice. Turn `autocapture` off, or leave those names out.',
    }))
}
