import { categoriesOf } from '../../engine/consent.ts'
import { decide, type Verdict, type World } from '../../engine/decide.ts'
import { needOf } from '../../engine/deliveries.ts'
import type { AnyDestination } from '../../engine/destination.ts'
import type { Look } from '../../engine/inspection.ts'
import type { ConsentNeed, ConsentState, Decision, RuleState } from '../../engine/types.ts'
import type { PlannedEvent } from '../../plan/define-plan.ts'
import { didYouMean } from '../../support/nearest.ts'
import { ago, plural } from '../parts/time-words.ts'
import {
  type CheckState,
  consentWords,
  deliveriesInWords,
  findingInWords,
  issueInWords,
  isTrouble,
  needInWords,
  opensInWords,
  ruleInWords,
  rulesInWords,
} from '../parts/words.ts'

export interface Check {
  readonly name: string
  readonly state: CheckState
  /** The value seen. */
  readonly seen: string
  /** How to make it pass. */
  readonly mend?: string | undefined
}

/** What could report the event. */
export interface Source {
  readonly component: string
  /** The facts that stand for the event: `click`, `start`. */
  readonly facts: readonly string[]
  readonly inView: boolean
}

export interface Scene {
  readonly event: string
  /** Names of the plan, for a near miss. */
  readonly names: readonly string[]
  readonly look: Look
  readonly needs: Readonly<Record<string, ConsentNeed>>
  readonly consent: Readonly<Record<string, ConsentState>>
  readonly gpc: boolean
  readonly sources: readonly Source[]
  /** The newest attempt, if there was one. */
  readonly last: Decision | undefined
  readonly attempts: number
  /** Epoch ms. */
  readonly now: number
}

/** All that stands between an event and its destinations, in order, each judged by itself. */
export function explain(scene: Scene): readonly Check[] {
  const { planned } = scene.look
  const happening = [mounted(scene), inView(scene), reported(scene), inPlan(scene)]
  const checks = planned ? [...happening, ...judgements(scene, planned)] : happening
  return checks.filter((check) => check !== undefined)
}

/** What stands in the way: the first that fails, else the first that has not come to pass. */
export const obstacle = (checks: readonly Check[]): Check | undefined =>
  checks.find(({ state }) => state === 'fails') ?? checks.find(({ state }) => state === 'waits')

function judgements(scene: Scene, planned: PlannedEvent): readonly (Check | undefined)[] {
  const { look, last } = scene
  const { occurrence, world } = look
  // Neither the schema's refusal nor a finding, a robot or a missing answer may hide what comes after it.
  const open: World = {
    ...world,
    invalid: 'flag',
    findings: [],
    unwantedBot: false,
    destinations: [],
    guard: { ...world.guard, blocks: false },
  }
  const given = decide(occurrence, { rules: [], properties: planned.properties }, open)
  /** A decision in which nothing but `subject` can refuse. */
  const judge = (subject: Partial<PlannedEvent>) =>
    decide(
      { ...occurrence, properties: given.properties },
      { rules: [], properties: anything, goal: planned.goal, ...subject },
      open,
    )
  // What nobody has given cannot be judged, nor what is made of it.
  const known = last?.properties !== undefined || !given.issues
  const keyed = planned.rules.some(({ key }) => key)
  return [
    known ? properties(given, world) : expected(given),
    // The record has what the guard has put in its place.
    known
      ? personalData(last?.personalData ?? [...world.findings, ...given.findings], world)
      : untried('Personal data'),
    planned.counts && (known ? counted(judge({ counts: planned.counts })) : untried('Success criterion')),
    robot(world),
    status(planned),
    planned.rollout === undefined ? undefined : rollout(judge({ rollout: planned.rollout }), planned.rollout),
    keyed && !known ? untried('Frequency') : frequency(judge({ rules: planned.rules }), planned, scene),
    planned.sampleRate === undefined ? undefined : sampling(judge(sampleOf(planned)), planned.sampleRate),
    ...destinations(scene, planned),
    delivered(last),
  ]
}

const anything: PlannedEvent['properties'] = {
  '~standard': { version: 1, vendor: 'any', validate: (value) => ({ value: value as object }) },
}

const sampleOf = ({ sampleRate, sampleBy }: PlannedEvent) => ({ sampleRate, sampleBy })

function mounted({ sources, attempts }: Scene): Check {
  const name = 'On the page'
  if (sources.length > 0) {
    const kinds = [...new Set(sources.map(({ component }) => component))]
    return { name, state: 'passes', seen: `${plural(sources.length, 'element')}: ${kinds.join(', ')}` }
  }
  return attempts > 0
    ? { name, state: 'unknown', seen: 'no component in this view; it was reported earlier, or by `track`' }
    : {
        name,
        state: 'waits',
        seen: 'no component here reports it',
        mend: 'Go to the page that has it, or check that the component is rendered and its `event` or `events` name it. A call of `track` is seen only when it is made.',
      }
}

function inView({ sources }: Scene): Check | undefined {
  if (sources.length === 0) return undefined
  const seen = sources.filter((source) => source.inView).length
  const name = 'In view'
  return seen > 0
    ? { name, state: 'passes', seen: sources.length > 1 ? `${seen} of ${sources.length}` : 'yes' }
    : { name, state: 'waits', seen: 'none of it', mend: 'Scroll it into view, or open what hides it.' }
}

function reported({ attempts, last, sources, now }: Scene): Check {
  const name = 'Reported'
  if (last) {
    const from = last.trigger.synthetic
      ? 'by a simulation'
      : `by ${last.trigger.component} (${last.trigger.fact})`
    return { name, state: 'passes', seen: `${plural(attempts, 'time')}, last ${ago(last.time, now)} ${from}` }
  }
  const facts = [
    ...new Set(sources.flatMap((source) => source.facts.map((fact) => `${fact} of ${source.component}`))),
  ]
  return {
    name,
    state: 'waits',
    seen: 'never in this session',
    mend: facts.length ? `It is reported at: ${facts.join(', ')}.` : undefined,
  }
}

function inPlan({ event, names, look, attempts }: Scene): Check {
  const name = 'Plan'
  return look.planned
    ? { name, state: 'passes', seen: 'declared' }
    : {
        name,
        state: 'fails',
        seen: `no event "${event}"${attempts > 0 ? ', though it was reported' : ''}`,
        mend: `Declare it in the plan, or correct the name.${didYouMean(event, names)}`,
      }
}

const untried = (name: string): Check => ({
  name,
  state: 'unknown',
  seen: 'depends on properties, which nobody has given yet',
})

function expected({ issues = [] }: Verdict): Check {
  return {
    name: 'Properties',
    state: 'unknown',
    seen: `not given yet; the plan asks for more than none (${issues.map(issueInWords).join('; ')})`,
  }
}

function properties({ issues }: Verdict, { invalid }: World): Check {
  const name = 'Properties'
  if (!issues) return { name, state: 'passes', seen: 'as the plan wants them' }
  const seen = issues.map(issueInWords).join('; ')
  const mend = 'Correct what the component or the call gives, or the schema in the plan.'
  return invalid === 'drop'
    ? { name, state: 'fails', seen, mend }
    : { name, state: 'passes', seen: `sent although they do not fit: ${seen}`, mend }
}

function personalData(findings: World['findings'], { guard }: World): Check {
  const name = 'Personal data'
  if (findings.length === 0) return { name, state: 'passes', seen: 'none found' }
  const seen = findings.map(findingInWords).join('; ')
  return guard.blocks
    ? {
        name,
        state: 'fails',
        seen,
        mend: 'Give an id or a category in its place, or allow the name by `pii` in the plan.',
      }
    : { name, state: 'passes', seen: `replaced: ${seen}` }
}

function counted({ reason }: Verdict): Check {
  const name = 'Success criterion'
  return reason === 'not-counted'
    ? {
        name,
        state: 'fails',
        seen: '`counts` said no to these properties',
        mend: 'It fires with properties that meet `counts`.',
      }
    : { name, state: 'passes', seen: 'met' }
}

function robot({ unwantedBot }: World): Check | undefined {
  return unwantedBot
    ? {
        name: 'A person',
        state: 'fails',
        seen: 'this browser looks automated, and the tracker drops what robots do',
        mend: "Test in a browser without automation, or set `bots: 'flag'`.",
      }
    : undefined
}

function status({ status: given = 'live' }: PlannedEvent): Check {
  const name = 'Status'
  if (given === 'live' || given === 'deprecated') return { name, state: 'passes', seen: given }
  const why = { draft: 'declared, not yet emitted', shadow: 'tried unseen, never sent', retired: 'dropped' }[
    given
  ]
  return { name, state: 'fails', seen: `${given}: ${why}`, mend: "Set `status: 'live'` in the plan." }
}

function rollout({ reason }: Verdict, share: number): Check {
  return reason === 'not-in-rollout'
    ? {
        name: 'Rollout',
        state: 'fails',
        seen: `${percent(share)} of visitors, and this one is not among them`,
        mend: 'Try as another visitor, or raise `rollout`.',
      }
    : { name: 'Rollout', state: 'passes', seen: `${percent(share)} of visitors, and this one is among them` }
}

function frequency({ frequency: rules, reason }: Verdict, planned: PlannedEvent, { now }: Scene): Check {
  const name = 'Frequency'
  const closed = rules.filter((rule) => !rule.open)
  if (closed.length > 0) {
    const mend = reason === 'repeated' ? 'It counts again on the next page.' : undefined
    return { name, state: 'fails', seen: closed.map((rule) => closedInWords(rule, now)).join('; '), mend }
  }
  const used = rules.filter(({ count }) => count > 0).map(({ count, rule }) => `${count} of ${rule.max} used`)
  return { name, state: 'passes', seen: [rulesInWords(planned.rules), ...used].join('; ') }
}

function closedInWords(state: RuleState, now: number): string {
  const key = state.key ? ` for ${state.key}` : ''
  const last = state.earlier === undefined ? '' : `, last ${ago(state.earlier, now)}`
  return `${ruleInWords(state.rule)}${key}${last}; ${opensInWords(state, now)}`
}

function sampling({ reason }: Verdict, share: number): Check {
  return reason === 'sampled-out'
    ? {
        name: 'Sample',
        state: 'fails',
        seen: `${percent(share)} are kept, and this visitor is not in the sample`,
        mend: 'Try as another visitor, or raise `sampleRate`.',
      }
    : {
        name: 'Sample',
        state: 'passes',
        seen: `${percent(share)} are kept, and this visitor is in the sample`,
      }
}

const percent = (share: number) => `${+(share * 100).toFixed(2)} %`

/** One that gets it is enough for the event to fire; each of the others is told beside it. */
/** What each destination needs, by name. */
export const needsOf = (destinations: readonly AnyDestination[]): Scene['needs'] =>
  Object.fromEntries(destinations.map((each) => [each.name, needOf(each)]))

function destinations({ look, needs, consent, gpc }: Scene, planned: PlannedEvent): readonly Check[] {
  const all = look.world.destinations
  const checks = all.map(({ name, consent: state }): Check => {
    if (planned.destinations?.[name] === false)
      return { name, state: 'passes', seen: 'the plan keeps this event from it' }
    const need = needs[name] ?? 'analytics'
    const given = categoriesOf(need).map(
      (category) => `${category} ${consentWords[consent[category] ?? 'pending'].toLowerCase()}`,
    )
    const seen = `needs ${needInWords(need)}: ${given.join(', ')}`
    if (state === 'granted') return { name, state: 'passes', seen }
    const signal =
      gpc && categoriesOf(need).some((category) => category === 'marketing' && consent[category] === 'denied')
    return {
      name,
      state: state === 'denied' ? 'fails' : 'waits',
      seen: signal ? `${seen} (Global Privacy Control is on)` : seen,
      mend:
        state === 'denied'
          ? 'It gets the event when the visitor grants consent.'
          : 'It is held until the visitor answers.',
    }
  })
  const wanted = all.filter(({ name }) => planned.destinations?.[name] !== false)
  if (all.length > 0 && wanted.length === 0)
    return [
      ...checks,
      {
        name: 'Destinations',
        state: 'fails',
        seen: 'the plan keeps the event from each of them',
        mend: 'Allow one under `destinations` in the plan.',
      },
    ]
  if (!wanted.some(({ consent: state }) => state === 'granted')) return checks
  // It fires: what is missing elsewhere is no obstacle.
  return checks.map((check) => (check.state === 'passes' ? check : { ...check, state: 'unknown' }))
}

/** What became of the newest attempt after it was decided. */
function delivered(last: Decision | undefined): Check | undefined {
  if (last?.reason === 'before-send')
    return {
      name: 'beforeSend',
      state: 'fails',
      seen: 'it stopped the last attempt, or failed',
      mend: 'Look into `beforeSend` of the tracker.',
    }
  if (last?.outcome !== 'fired' || Object.keys(last.deliveries).length === 0) return undefined
  const troubled = Object.entries(last.deliveries).filter(([, delivery]) => isTrouble(delivery))
  if (troubled.length === 0)
    return { name: 'Delivery', state: 'passes', seen: deliveriesInWords(last.deliveries) }
  return {
    name: 'Delivery',
    state: 'fails',
    seen: troubled.map(([name, { error }]) => (error ? `${name}: ${error}` : name)).join('; '),
    mend: 'The event fired; its destination did not take it. The network view has the requests.',
  }
}
