import { decide, type World } from '../../engine/decision/decide.ts'
import { ruleOfAfter } from '../../plan/after.ts'
import type { PlannedEvent } from '../../plan/define-plan.ts'
import { afterInWords } from '../../plan/words/after-in-words.ts'
import { didYouMean } from '../../support/nearest.ts'
import { noticedInWords } from '../journey/words.ts'
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

/**
 * Returns every check between an event and its destinations, in order, each evaluated independently. Before the first
 * attempt, a check without an obstacle is `unchecked`.
 */
export function explain(scene: Scene): readonly Check[] {
  const { planned } = scene.look
  const present = [derived(scene) ?? mounted(scene), inView(scene)]
  const judged = [inPlan(scene), ...(planned ? judgements(scene, planned) : [])]
  if (scene.attempts > 0)
    return [...present, reported(scene), ...judged].filter((check) => check !== undefined)
  // No attempt has passed any check: what holds now is no result.
  return [
    ...present.filter((check) => check?.state !== 'passes'),
    reported(scene),
    ...judged.map((check) => (check?.state === 'passes' ? unchecked(check) : check)),
  ].filter((check) => check !== undefined)
}

const unchecked = (check: Check): Check => ({
  ...check,
  state: 'unchecked',
  seen: `not checked yet (${check.seen})`,
})

/** Returns the check that blocks the event: the first that fails, otherwise the first that waits. */
export const obstacle = (checks: readonly Check[]): Check | undefined =>
  checks.find(({ state }) => state === 'fails') ?? checks.find(({ state }) => state === 'waits')

function judgements(scene: Scene, planned: PlannedEvent): readonly (Check | undefined)[] {
  const { look, last } = scene
  const { occurrence, world } = look
  // A schema error, personal data, a bot or pending consent must not hide the results of later checks.
  const open: World = {
    ...world,
    invalid: 'flag',
    findings: [],
    unwantedBot: false,
    destinations: [],
    guard: { ...world.guard, blocks: false },
  }
  const given = decide(occurrence, { rules: [], properties: planned.properties }, open)
  /** Decides with `subject` as the only part of the plan that can refuse the event. */
  const judge = (subject: Partial<PlannedEvent>) =>
    decide(
      { ...occurrence, properties: given.properties },
      { rules: [], properties: anything, goal: planned.goal, ...subject },
      open,
    )
  // Without recorded properties, checks that depend on them have no result.
  const known = last?.properties !== undefined || !given.issues
  const policies = { ...open, destinations: world.destinations, invalid: world.invalid }
  const taken = known ? decide(occurrence, { ...planned, counts: undefined }, policies) : undefined
  const rules = planned.after ? [...planned.rules, ruleOfAfter(planned.after)] : planned.rules
  const keyed = rules.some(({ key }) => key)
  return [
    taken ? properties(given, taken.reason === 'invalid-properties') : expected(given),
    // The record has the properties after the guard replaced personal data.
    known
      ? personalData(last?.personalData ?? [...world.findings, ...given.findings], world)
      : untried('Personal data'),
    planned.counts && (known ? counted(judge({ counts: planned.counts })) : untried('Success criterion')),
    robot(world),
    status(planned, scene.shadows),
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

/** Checks a derived event, which follows from other events instead of a component. */
function derived({ look, sources, derives }: Scene): Check | undefined {
  const after = look.planned?.after
  if (!after || sources.length > 0) return undefined
  const name = 'Derived'
  return derives
    ? { name, state: 'passes', seen: `it fires ${afterInWords(after)}` }
    : {
        name,
        state: 'fails',
        seen: `it would fire ${afterInWords(after)}, but this tracker derives no events`,
        fix: 'Import `journey` and add it: `createTracker({ plan, plugins: [journey()] })`.',
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
        fix: 'Go to the page that has it, or check that the component is rendered and its `event` or `events` name it. A call of `track` shows only once it has run.',
      }
}

function inView({ sources }: Scene): Check | undefined {
  if (sources.length === 0) return undefined
  const seen = sources.filter((source) => source.inView).length
  const name = 'In view'
  return seen > 0
    ? { name, state: 'passes', seen: sources.length > 1 ? `${seen} of ${sources.length}` : 'yes' }
    : { name, state: 'waits', seen: 'no part of it', fix: 'Scroll it into view, or open what hides it.' }
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
    fix: facts.length
      ? `It fires on: ${facts.join(', ')}.`
      : look.planned?.after &&
        `It fires by itself ${afterInWords(look.planned.after)}. ${noticedInWords(look.planned.after)}`.trim(),
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
        fix: `Declare it in the plan, or correct the name.${didYouMean(event, names)}`,
      }
}
