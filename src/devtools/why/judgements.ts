import { categoriesOf } from '../../engine/consent-need.ts'
import type { Verdict, World } from '../../engine/decide.ts'
import { whyRefused } from '../../engine/invalid.ts'
import type { Decision, RuleState } from '../../engine/types.ts'
import type { PlannedEvent } from '../../plan/define-plan.ts'
import type { FrequencyRule } from '../../plan/frequency.ts'
import {
  consentWords,
  findingInWords,
  issueInWords,
  needInWords,
  opensInWords,
  ruleInWords,
  rulesInWords,
} from '../parts/detail-words.ts'
import { ago, plural } from '../parts/time-words.ts'
import { deliveriesInWords, hasInvalid, isTrouble } from '../parts/words.ts'
import type { Check, Scene } from './scene.ts'

export const untried = (name: string): Check => ({
  name,
  state: 'unknown',
  seen: 'depends on properties, which nobody has given yet',
})

export function expected({ issues = [] }: Verdict): Check {
  return {
    name: 'Properties',
    state: 'unknown',
    seen: `not given yet; the plan asks for more than none (${issues.map(issueInWords).join('; ')})`,
  }
}

/** `refused`: no destination takes them. */
export function properties({ issues }: Verdict, refused: boolean): Check {
  const name = 'Properties'
  if (!issues) return { name, state: 'passes', seen: 'as the plan wants them' }
  const seen = issues.map(issueInWords).join('; ')
  if (!hasInvalid({ issues })) return { name, state: 'passes', seen: `cleaned: ${seen}` }
  const mend = 'Correct what the component or the call gives, or the schema in the plan.'
  return refused
    ? { name, state: 'fails', seen, mend }
    : { name, state: 'passes', seen: `sent although they do not fit: ${seen}`, mend }
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
        mend: 'Give an id or a category in its place, or allow the name by `pii` in the plan.',
      }
    : { name, state: 'passes', seen: `replaced: ${seen}` }
}

export function counted({ reason }: Verdict): Check {
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

export function robot({ unwantedBot }: World): Check | undefined {
  return unwantedBot
    ? {
        name: 'A person',
        state: 'fails',
        seen: 'this browser looks automated, and the tracker drops what robots do',
        mend: "Test in a browser without automation, or set `bots: 'flag'`.",
      }
    : undefined
}

export function status({ status: given = 'live' }: PlannedEvent): Check {
  const name = 'Status'
  if (given === 'live' || given === 'deprecated') return { name, state: 'passes', seen: given }
  const why = { draft: 'declared, not yet emitted', shadow: 'tried unseen, never sent', retired: 'dropped' }[
    given
  ]
  return { name, state: 'fails', seen: `${given}: ${why}`, mend: "Set `status: 'live'` in the plan." }
}

export function rollout({ reason }: Verdict, share: number): Check {
  return drawn('rollout', share, 'visitor', reason !== 'not-in-rollout')
}

export function sampling(
  { reason }: Verdict,
  share: number,
  by: PlannedEvent['sampleBy'] = 'visitor',
): Check {
  if (by !== 'event') return drawn('sampleRate', share, by, reason !== 'sampled-out')
  return share > 0
    ? { name: 'Sample', state: 'unknown', seen: `${percent(share)} are kept: each attempt is drawn anew` }
    : drawn('sampleRate', share, 'visitor', false)
}

function drawn(
  option: 'rollout' | 'sampleRate',
  share: number,
  by: 'visitor' | 'session',
  inside: boolean,
): Check {
  return {
    name: option === 'rollout' ? 'Rollout' : 'Sample',
    state: inside ? 'passes' : 'fails',
    seen: `${percent(share)} of ${by}s, and this one is ${inside ? '' : 'not '}among them`,
    mend: inside ? undefined : `Try as a new ${by}, under Visitor, or raise \`${option}\`.`,
  }
}

const percent = (share: number) => `${+(share * 100).toFixed(2)} %`

export function frequency(
  { frequency: states, reason }: Verdict,
  rules: readonly FrequencyRule[],
  { now, look }: Scene,
): Check {
  const name = 'Frequency'
  const closed = states.filter((rule) => !rule.open)
  if (closed.length > 0) {
    const mend =
      reason === 'repeated'
        ? 'It counts again on the next page.'
        : look.planned?.rules.length
          ? 'To try it at once, forget what was counted: below.'
          : undefined
    return { name, state: 'fails', seen: closed.map((state) => closedInWords(state, now)).join('; '), mend }
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

/** One that gets it is enough for the event to fire; each of the others is told beside it. */
export function destinations(
  { look, needs, consent, gpc, holds }: Scene,
  planned: PlannedEvent,
  refused: Verdict['refused'],
): readonly Check[] {
  const all = look.world.destinations
  const checks = all.map(({ name, consent: state }): Check => {
    const paths = refused[name]
    if (paths) return { name, state: 'fails', seen: whyRefused(paths), mend: 'Correct these properties.' }
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
      mend:
        state === 'denied'
          ? 'It gets the event when the visitor grants consent: try that under Visitor.'
          : holds
            ? 'It is held until the visitor answers: try an answer under Visitor.'
            : 'Nothing waits for an answer here (`hold`): it gets the event when it happens after one. Try an answer under Visitor.',
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
        mend: 'Allow one under `destinations` in the plan.',
      },
    ]
  if (!wanted.some(({ consent: state }) => state === 'granted')) return checks
  // It fires: what is missing elsewhere is no obstacle.
  return checks.map((check) => (check.state === 'passes' ? check : { ...check, state: 'unknown' }))
}

/** What became of the newest attempt after it was decided. */
export function delivered(last: Decision | undefined): Check | undefined {
  if (last?.reason === 'code-threw')
    return {
      name: 'Code',
      state: 'fails',
      seen: `the last attempt: ${last.issues?.map(issueInWords).join('; ') || 'it threw'}`,
      mend: 'Correct that function.',
    }
  if (last?.reason === 'before-send')
    return {
      name: 'beforeSend',
      state: 'fails',
      seen: 'it stopped the last attempt',
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
    undelivered: troubled[0]?.[0],
  }
}
