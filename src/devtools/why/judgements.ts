import type { Verdict, World } from '../../engine/decision/decide.ts'
import { whyRefused } from '../../engine/decision/invalid.ts'
import type { Delivery } from '../../engine/delivery/delivery.ts'
import { categoriesOf } from '../../engine/permission/consent-need.ts'
import type { Decision, RuleState } from '../../engine/record/decision.ts'
import type { PlannedEvent } from '../../plan/define-plan.ts'
import type { FrequencyRule } from '../../plan/frequency.ts'
import { ruleInWords, rulesInWords } from '../../plan/words/frequency-in-words.ts'
import {
  consentWords,
  findingInWords,
  issueInWords,
  needInWords,
  opensInWords,
} from '../parts/detail-words.ts'
import { ago, plural } from '../parts/time-words.ts'
import { deliveriesInWords, hasInvalid, isLost, isTrouble } from '../parts/words.ts'
import type { Check, Scene } from './scene.ts'

export const untried = (name: string): Check => ({
  name,
  state: 'unknown',
  seen: 'not checked yet: it depends on properties, and there are none yet',
})

export function expected({ issues = [] }: Verdict): Check {
  return {
    name: 'Properties',
    state: 'unknown',
    seen: `not checked yet: there are none yet, and the plan requires some (${issues.map(issueInWords).join('; ')})`,
  }
}

/** Checks the properties. `refused`: the event is dropped because they are invalid. */
export function properties({ issues }: Verdict, refused: boolean): Check {
  const name = 'Properties'
  if (!issues) return { name, state: 'passes', seen: 'as the plan wants them' }
  const seen = issues.map(issueInWords).join('; ')
  if (!hasInvalid({ issues })) return { name, state: 'passes', seen: `cleaned: ${seen}` }
  const fix = 'Correct what the component or the call gives, or the schema in the plan.'
  return refused
    ? { name, state: 'fails', seen, fix }
    : { name, state: 'passes', seen: `sent although they do not fit: ${seen}`, fix }
}

export function personalData(findings: World['findings'], { guard }: World): Check {
  const name = 'Personal data'
  if (findings.length === 0) return { name, state: 'passes', seen: 'none found' }
  const seen = findings.map(findingInWords).join('; ')
  return guard.blocks
    ? {
        name,
        state: 'fails',
        seen,
        fix: 'Give an id or a category in its place, or allow the name by `pii` in the plan.',
      }
    : { name, state: 'passes', seen: `replaced: ${seen}` }
}

export function counted({ reason }: Verdict): Check {
  const name = 'Success criterion'
  return reason === 'not-counted'
    ? {
        name,
        state: 'fails',
        seen: '`counts` returned false for these properties',
        fix: 'It fires with properties that meet `counts`.',
      }
    : { name, state: 'passes', seen: 'met' }
}

export function robot({ unwantedBot }: World): Check | undefined {
  return unwantedBot
    ? {
        name: 'A person',
        state: 'fails',
        seen: 'this browser looks automated, and the tracker drops events of bots',
        fix: "Test in a browser without automation, or set `bots: 'flag'`.",
      }
    : undefined
}

/** `shadows`: the destinations that ask for shadow events. */
export function status(
  { status: given = 'live', destinations: allowed = {} }: PlannedEvent,
  shadows: readonly string[],
): Check {
  const name = 'Status'
  if (given === 'live' || given === 'deprecated') return { name, state: 'passes', seen: given }
  const takers = shadows.filter((each) => allowed[each] !== false)
  const why = {
    draft: 'declared, not yet emitted',
    shadow: takers.length
      ? `tried, and sent only to ${takers.join(', ')}, marked as shadow`
      : 'tried, and not sent: no destination here asks for shadow events',
    retired: 'dropped',
  }[given]
  return { name, state: 'fails', seen: `${given}: ${why}`, fix: "Set `status: 'live'` in the plan." }
}

export function rollout({ reason }: Verdict, share: number): Check {
  return drawn('rollout', share, 'user', reason !== 'not-in-rollout')
}

export function sampling({ reason }: Verdict, share: number, by: PlannedEvent['sampleBy'] = 'user'): Check {
  if (by !== 'event') return drawn('sampleRate', share, by, reason !== 'sampled-out')
  return share > 0
    ? { name: 'Sample', state: 'unknown', seen: `${percent(share)} are kept: each attempt is drawn anew` }
    : drawn('sampleRate', share, 'user', false)
}

function drawn(
  option: 'rollout' | 'sampleRate',
  share: number,
  by: 'user' | 'session',
  inside: boolean,
): Check {
  return {
    name: option === 'rollout' ? 'Rollout' : 'Sample',
    state: inside ? 'passes' : 'fails',
    seen: `${percent(share)} of ${by}s, and this one is ${inside ? '' : 'not '}among them`,
    fix: inside ? undefined : `Try as a new ${by}, under User, or raise \`${option}\`.`,
  }
}

const percent = (share: number) => `${+(share * 100).toFixed(2)}%`

export function frequency(
  { frequency: states, reason }: Verdict,
  rules: readonly FrequencyRule[],
  { now, look }: Scene,
): Check {
  const name = 'Frequency'
  const closed = states.filter((rule) => !rule.open)
  if (closed.length > 0) {
    const fix =
      reason === 'repeated'
        ? 'It counts again on the next page.'
        : look.planned?.rules.length
          ? 'To try it now, reset its frequency counters below.'
          : undefined
    return { name, state: 'fails', seen: closed.map((state) => closedInWords(state, now)).join('; '), fix }
  }
  const used = states.filter(({ count }) => count > 0).map((state) => usedInWords(state, now))
  return { name, state: 'passes', seen: [rulesInWords(rules), ...used].join('; ') }
}

function closedInWords(state: RuleState, now: number): string {
  return `${ruleInWords(state.rule)}${lastInWords(state, now)}; ${opensInWords(state, now)}`
}

function usedInWords(state: RuleState, now: number): string {
  const { count, rule } = state
  const used = Number.isFinite(rule.max) ? `${count} of ${rule.max} used` : `${plural(count, 'time')} so far`
  return used + lastInWords(state, now)
}

function lastInWords({ key, earlier }: RuleState, now: number): string {
  return `${key && ` for ${key}`}${earlier === undefined ? '' : `, last ${ago(earlier, now)}`}`
}

/**
 * Checks each destination. The event fires if at least one of them gets it; the others are listed with their reasons.
 */
export function destinations(
  { look, needs, consent, gpc, holds }: Scene,
  planned: PlannedEvent,
  refused: Verdict['refused'],
): readonly Check[] {
  const all = look.world.destinations
  const checks = all.map(({ name, consent: state }): Check => {
    const paths = refused[name]
    if (paths) return { name, state: 'fails', seen: whyRefused(paths), fix: 'Correct these properties.' }
    if (planned.destinations?.[name] === false)
      return { name, state: 'passes', seen: 'the plan keeps this event from it' }
    const need = needs[name] ?? 'analytics'
    const given = categoriesOf(need).map(
      (category) => `${category} ${consentWords[consent[category] ?? 'pending'].toLowerCase()}`,
    )
    const seen = `needs ${needInWords(need)}: ${given.join(', ')}`
    if (state === 'granted') return { name, state: 'passes', seen }
    const signal = categoriesOf(need).some(
      (category) => gpc.includes(category) && consent[category] === 'denied',
    )
    return {
      name,
      state: state === 'pending' && holds ? 'waits' : 'fails',
      seen: signal ? `${seen} (Global Privacy Control is on)` : seen,
      fix:
        state === 'denied'
          ? 'It gets the event when the user grants consent: try that under User.'
          : holds
            ? 'It is held until the user answers: try an answer under User.'
            : 'This tracker holds no events (`hold`): the destination gets those that happen after the answer. Try an answer under User.',
    }
  })
  const allowed = all.filter(({ name }) => planned.destinations?.[name] !== false)
  const wanted = allowed.filter(({ name }) => !refused[name])
  if (all.length > 0 && allowed.length === 0)
    return [
      ...checks,
      {
        name: 'Destinations',
        state: 'fails',
        seen: 'the plan keeps the event from each of them',
        fix: 'Allow one under `destinations` in the plan.',
      },
    ]
  if (!wanted.some(({ consent: state }) => state === 'granted')) return checks
  // The event fires, so a destination that does not get it is no obstacle.
  return checks.map((check) => (check.state === 'passes' ? check : { ...check, state: 'unknown' }))
}

/** Checks what happened to the newest attempt after its decision. */
export function delivered(last: Decision | undefined): Check | undefined {
  if (last?.reason === 'code-threw')
    return {
      name: 'Code',
      state: 'fails',
      seen: `the last attempt: ${last.issues?.map(issueInWords).join('; ') || 'it threw'}`,
      fix: 'Correct that function.',
    }
  if (last?.reason === 'before-send')
    return {
      name: 'beforeSend',
      state: 'fails',
      seen: 'it stopped the last attempt',
      fix: 'Look into `beforeSend` of the tracker.',
    }
  if (last?.outcome !== 'fired' || Object.keys(last.deliveries).length === 0) return undefined
  const troubled = Object.entries(last.deliveries).filter(([, delivery]) => isTrouble(delivery))
  if (troubled.length === 0)
    return { name: 'Delivery', state: 'passes', seen: deliveriesInWords(last.deliveries) }
  return {
    name: 'Delivery',
    state: 'fails',
    seen: troubled.map(troubleInWords).join('; '),
    undelivered: troubled[0]?.[0],
  }
}

/** Describes a failed delivery, such as `http: lost (rejected), HTTP 400`. */
function troubleInWords([name, { state, error }]: readonly [string, Delivery]): string {
  return `${name}: ${isLost(state) ? `lost (${state})` : state}${error ? `, ${error}` : ''}`
}
