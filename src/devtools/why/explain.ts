import { decide, type World } from '../../engine/decide.ts'
import { ruleOfAfter } from '../../plan/after.ts'
import type { PlannedEvent } from '../../plan/define-plan.ts'
import { didYouMean } from '../../support/nearest.ts'
import { afterInWords } from '../journey/words.ts'
import { ago, plural } from '../parts/time-words.ts'
import {
  counted,
  delivered,
  destinations,
  expected,
  frequency,
  personalData,
  properties,
  robot,
  rollout,
  sampling,
  status,
  untried,
} from './judgements.ts'
import type { Check, Scene } from './scene.ts'

/** All that stands between an event and its destinations, in order, each judged by itself. */
export function explain(scene: Scene): readonly Check[] {
  const { planned } = scene.look
  const happening = [derived(scene) ?? mounted(scene), inView(scene), reported(scene), inPlan(scene)]
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
  const policies = { ...open, destinations: world.destinations, invalid: world.invalid }
  const taken = known ? decide(occurrence, { ...planned, counts: undefined }, policies) : undefined
  const rules = planned.after ? [...planned.rules, ruleOfAfter(planned.after)] : planned.rules
  const keyed = rules.some(({ key }) => key)
  return [
    taken ? properties(given, taken.reason === 'invalid-properties') : expected(given),
    // The record has what the guard has put in its place.
    known
      ? personalData(last?.personalData ?? [...world.findings, ...given.findings], world)
      : untried('Personal data'),
    planned.counts && (known ? counted(judge({ counts: planned.counts })) : untried('Success criterion')),
    robot(world),
    status(planned),
    planned.rollout === undefined ? undefined : rollout(judge({ rollout: planned.rollout }), planned.rollout),
    keyed && !known ? untried('Frequency') : frequency(judge({ rules }), rules, scene),
    planned.sampleRate === undefined
      ? undefined
      : sampling(judge(sampleOf(planned)), planned.sampleRate, planned.sampleBy),
    ...destinations(scene, planned, taken?.refused ?? {}),
    delivered(last),
  ]
}

const anything: PlannedEvent['properties'] = {
  '~standard': { version: 1, vendor: 'any', validate: (value) => ({ value: value as object }) },
}

const sampleOf = ({ sampleRate, sampleBy }: PlannedEvent) => ({ sampleRate, sampleBy })

/** No component reports what follows from other events. */
function derived({ look, sources, derives }: Scene): Check | undefined {
  const after = look.planned?.after
  if (!after || sources.length > 0) return undefined
  const name = 'Derived'
  return derives
    ? { name, state: 'passes', seen: afterInWords(after) }
    : {
        name,
        state: 'fails',
        seen: `${afterInWords(after)}, and this tracker derives nothing`,
        mend: 'Import `journey` and pass it: `createTracker({ plan, journey })`.',
      }
}

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

function reported({ attempts, last, sources, look, now }: Scene): Check {
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
    seen: 'not since this page was loaded',
    mend: facts.length
      ? `It is reported at: ${facts.join(', ')}.`
      : look.planned?.after && `It follows by itself: ${afterInWords(look.planned.after)}.`,
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
