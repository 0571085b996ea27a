import type { LiveTracker } from '../../engine/live-trackers.ts'
import type { Decision } from '../../engine/record/decision.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { clockTime, plural } from '../parts/time-words.ts'
import { type Concern, MAX_SHOWN, newest, seenAt } from './concern.ts'
import type { OtherSenders, Send } from './other-senders.ts'

export interface ConflictScene {
  readonly plan: AnyPlan
  readonly decisions: readonly Decision[]
  /** The record no longer has all decisions, so an unknown event id may still belong to this tracker. */
  readonly forgetful: boolean
  readonly live: readonly LiveTracker[]
  readonly others: OtherSenders
  /** Events sent while the tester watched other senders. */
  readonly watched: readonly Send[]
}

/** Finds events that count twice, or soon will, because of other trackers and scripts on the page. */
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

/** Event ids that the record still has. */
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
      fix: 'They share neither context nor counts. Let the bundler keep one: `npm ls react-microconversions`, then `npm dedupe`, or `resolve.dedupe` of Vite.',
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
      fix: 'Both count, and share their storage. Make the tracker once, outside of components, and dispose it in `import.meta.hot.dispose`.',
    },
  ]
}

/**
 * Reports events that Google's data layer gets twice: from `ga4` and `gtm` together, or from a container beside a tag.
 */
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
      fix: 'Where the container has a Google tag, `ga4` and `gtm` both reach it. Keep one of the two destinations.',
    }
  })
}

/** Reports planned event names that something other than this tracker sends. */
function secondSenders(
  { plan, decisions, forgetful, others, watched }: ConflictScene,
  ours: Ids,
): readonly Concern[] {
  const events = new Map<string, string>()
  for (const [name, event] of plan.events) {
    for (const wire of wireNamesOf(name, event)) events.set(wire, name)
  }
  // The data layer already contains the watched pushes.
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
        `${plural(sends.length, 'time')} without an id of this library; this tracker has ${plural(attempts.length, 'attempt')}`,
        ...times.slice(-MAX_SHOWN).map(({ time = 0 }) => `at ${clockTime(time)}`),
      ],
      attempts: newest(attempts),
      fix: 'The same behaviour counts twice where both arrive. Remove the other call, or the tag that makes it.',
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
      fix: 'Its events have other names: a report that adds them up counts one action twice. Turn `autocapture` off, or leave those names out.',
    }))
}
