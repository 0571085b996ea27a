import type { AnyPlan } from '../../plan/define-plan.ts'
import type { Platform } from '../../platform/platform.ts'
import { createWarn, type Warn } from '../../support/errors.ts'
import { NotLoadedError } from '../../support/loaded.ts'
import { messageOf } from '../../support/message-of.ts'
import { didYouMean } from '../../support/nearest.ts'
import type { AnyDestination } from '../delivery/destination.ts'
import type { Anomaly } from '../journey/journey-view.ts'
import { trackersOfPage } from '../live-trackers.ts'
import type { ConsentState, ConsentUpdate } from '../permission/consent-types.ts'
import type { Decision } from '../record/decision.ts'
import type { Verdict } from './decide.ts'
import type { Issue } from './issue.ts'
import { createUnanswered } from './unanswered.ts'

export interface Advice {
  readonly explain: (decision: Pick<Decision, 'event' | 'trigger'>, verdict: Verdict) => void
  readonly threw: (event: string, error: unknown) => void
  readonly otherUser: () => void
  readonly notHashed: () => void
  readonly consent: (change: ConsentUpdate | ConsentState, knows: (category: string) => boolean) => void
  /** Notes that something on the page asks the user for consent. */
  readonly answersCome: () => void
  readonly anomaly: (event: string, anomaly: Anomaly) => void
  readonly notObserved: (component: string, why: string) => void
  /** Warns that the database was not opened. */
  readonly notStored: (error: unknown) => void
  /** Warns if another tracker of this plan is alive on the page. */
  readonly joins: () => void
  readonly dispose: () => void
}

interface AdviceOptions {
  readonly plan: AnyPlan
  readonly destinations: readonly AnyDestination[]
  readonly hasJourney: boolean
  readonly isConsentSet: boolean
  readonly later: Platform['later']
}

/** Creates warnings about misuse. Undefined in production, where the record counts it. */
export function createAdvice(options: AdviceOptions): Advice | undefined {
  return process.env.NODE_ENV === 'production' ? undefined : spoken(options)
}

/** For what a plan lacks: a suite of tests creates many trackers of one plan, and hears it once. */
const warnOnPage = /* @__PURE__ */ createWarn()

function spoken({ plan, destinations, hasJourney, isConsentSet, later }: AdviceOptions): Advice {
  const warn = createWarn()
  const unanswered = createUnanswered({ later, isSet: isConsentSet, warn })
  const where = `Plan "${plan.name}"`
  const factKeys = new Map<string, string>()
  const causes = new Set<string>()
  const hinted = new Set<string>()

  const names = destinations.map((destination) => destination.name)
  for (const name of names) {
    if (names.indexOf(name) === names.lastIndexOf(name)) continue
    warn(
      'RMC105',
      `Two destinations are named "${name}", so that their deliveries cannot be told apart. Give one another \`name\`.`,
    )
  }

  const derived = [...plan.events].flatMap(([name, { after }]) => (after ? [`"${name}"`] : []))
  if (derived.length && !hasJourney) {
    warnOnPage(
      'RMC124',
      `${where} derives ${derived.join(', ')} from other events, and its tracker has no journey: they never occur. Import \`journey\` and add it: createTracker({ plan, plugins: [journey()] }).`,
    )
  }

  return {
    explain({ event, trigger }, verdict) {
      const by = trigger.component === 'track' ? '' : ` (reported by ${trigger.component})`
      if (verdict.reason === 'unknown-event') {
        const near = didYouMean(event, [...plan.events.keys()])
        warn(
          'RMC101',
          `${where} has no event "${event}"${by}; the attempt is dropped.${near} Declare it in definePlan, or correct the name.`,
        )
      }
      if (verdict.leftOut && !hinted.has(event)) {
        hinted.add(event)
        warn(
          'RMC350',
          `"${event}"${by} leaves out ${verdict.leftOut.join(', ')}, because the plan declares no \`properties\` for it. Declare those that you need, with a schema or \`properties: typed<…>()\`; an empty schema (\`properties: z.object({})\`) leaves them out without this hint.`,
        )
      }
      if (verdict.reason === 'consent-pending') unanswered.waits(event, verdict.outcome)
      if (plan.events.get(event)?.status === 'deprecated') {
        warn(
          'RMC351',
          `"${event}"${by} is deprecated in the plan, and is still sent. Report the event that replaces it, then set \`status: 'retired'\`.`,
        )
      }
      if (verdict.reason !== 'code-threw') explainIssues(`"${event}"${by}`, verdict, warn)
      if (verdict.findings.length) {
        const list = verdict.findings.map(({ kind, path }) => `${path}: ${kind}`).join(', ')
        const fate =
          verdict.reason === 'personal-data' ? 'the attempt is dropped' : 'it is replaced before it is sent'
        warn(
          'RMC111',
          `"${event}"${by} carries what looks like personal data (${list}); ${fate}. Leave it out, or name the property in the event's \`pii\` if it is meant.`,
        )
      }
      const { factKey } = trigger
      const keyless =
        factKey !== undefined && plan.events.get(event)?.rules.some((rule) => rule.key === undefined)
      if (!keyless) return
      const first = factKeys.get(event) ?? factKey
      factKeys.set(event, first)
      if (first === factKey || verdict.reason !== 'frequency') return
      warn(
        'RMC103',
        `"${event}" counts "${first}" and "${factKey}" together, so that only the first goes out. Add \`key: 'fact'\` to its frequency to count each fact apart.`,
      )
    },
    threw(event, error) {
      warn(
        'RMC106',
        `"${event}" is dropped, because code of the application failed: ${messageOf(error)}. Correct that function; the page goes on.`,
      )
    },
    otherUser() {
      warn(
        'RMC104',
        'identify() got another user while one was identified; the user is reset first. Call reset() at log-out, so that the two are told apart at the right moment.',
      )
    },
    notHashed() {
      warn(
        'RMC110',
        'identify() could not hash the id, because crypto.subtle exists only in a secure context; the user stays anonymous. Serve the page over HTTPS, or from localhost.',
      )
    },
    answersCome: unanswered.silence,
    dispose: unanswered.silence,
    consent(change, knows) {
      unanswered.silence()
      for (const category of typeof change === 'string' ? [] : Object.keys(change ?? {})) {
        if (knows(category)) continue
        warn(
          'RMC108',
          `No destination needs the consent category "${category}", and storage does not either. Correct its name, or name it in the tracker's \`consent\`.`,
        )
      }
    },
    anomaly(event, { kind, funnel, missing }) {
      if (kind === 'skipped-step')
        warn(
          'RMC121',
          `"${event}" came before "${missing}", which precedes it in the funnel "${funnel}"; both count, and the record has an anomaly. Report "${missing}" first, or correct the order in the plan.`,
        )
      else if (kind === 'missing-start')
        warn(
          'RMC122',
          `"${event}" ends the funnel "${funnel}", which never began: there was no "${missing}". Report "${missing}" where the way to "${event}" begins, or correct the funnel.`,
        )
      else
        warn(
          'RMC123',
          `"${event}" is a macro conversion, and came a second time in this session. If it is the same conversion, give it a frequency with a \`key\` (its order, its booking), so that a repeat is dropped.`,
        )
    },
    notObserved(component, why) {
      if (causes.has(why)) return
      causes.add(why)
      warn(
        'RMC330',
        `${component} cannot observe here, or not wholly, and its events are missing: ${why}. The page goes on without them. In a test, use a real browser, or define what is missing. \`unobserved\` in the tracker's record lists all that is not observed.`,
      )
    },
    notStored(error) {
      if (!(error instanceof NotLoadedError)) return
      warn(
        'RMC126',
        `${where} could not load the code of its storage: ${error.message}. Events go on from memory, and counts and ids end with this page. Deploy all chunks of your bundle, and permit them in \`script-src\`.`,
      )
    },
    joins() {
      if (!trackersOfPage().some((other) => other.plan === plan.name)) return
      warn(
        'RMC107',
        `A second tracker of ${where.toLowerCase()} is alive on this page: both count, and share their storage. Make one, or dispose the other. With hot reload, pass the one before: createTracker({ plan, replaces: import.meta.hot?.data.tracker }).`,
      )
    },
  }
}

/** Explains what is invalid, and what happens to the event. */
function explainIssues(subject: string, verdict: Verdict, warn: Warn): void {
  const { issues = [] } = verdict
  const of = (kind: Issue['kind']) =>
    issues
      .filter((issue) => issue.kind === kind)
      .map(({ path = [], message }) => `\n  ${path.map(pathKey).join('.') || 'properties'}: ${message}`)
      .join('')
  const [invalid, cleaned] = [of(undefined), of('cleaned')]
  if (invalid)
    warn(
      'RMC102',
      `${subject} has invalid properties; ${fateOf(verdict)}.${invalid}\n  Correct the call, or the schema in the plan.`,
    )
  if (cleaned)
    warn(
      'RMC102',
      `${subject} was cleaned: what an event cannot carry was converted or left out, and nothing is flagged.${cleaned}\n  Give plain values.`,
    )
  for (const { kind, message } of issues)
    if (kind === 'id')
      warn('RMC102', `${subject} was given an id that was ignored, and one was generated: ${message}.`)
}

/** Returns what happens to an event with invalid properties. */
function fateOf({ outcome, reason, eligible, stripping, refused }: Verdict): string {
  if (reason === 'invalid-properties') return 'the attempt is dropped'
  if (outcome === 'dropped') return `the attempt is dropped for another reason (${reason})`
  if (outcome === 'shadowed') return 'the event is tried (shadow), and not counted'
  const flagged = Object.keys(eligible).filter(
    (name) => eligible[name] !== 'denied' && !stripping.includes(name),
  )
  const parts = [
    flagged.length && `flagged to ${flagged.join(', ')}`,
    stripping.length && `without them to ${stripping.join(', ')}`,
    Object.keys(refused).length && `not to ${Object.keys(refused).join(', ')}`,
  ]
  const ways = parts.filter(Boolean).join(', ') || 'to no destination'
  return outcome === 'held' ? `it waits for consent, and then goes out ${ways}` : `it goes out ${ways}`
}

function pathKey(part: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof part === 'object' ? part.key : part)
}
