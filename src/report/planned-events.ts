import type { AnyPlan } from '../plan/define-plan.ts'
import { type Manifest, type ManifestEvent, manifestOf } from '../plan/manifest.ts'
import { MicroconversionError } from '../support/errors.ts'
import { didYouMean } from '../support/nearest.ts'
import type { PlannedFunnel } from './measures/funnels.ts'
import type { ReportOptions } from './report-options.ts'
import type { Store } from './store/store.ts'
import { isByUser, type NamedEvent } from './tables/reading.ts'

/** Returns the manifest of the option `plan`; by default the newest in the store, or null if the store has none. */
export async function manifestFor(
  store: Store,
  given: AnyPlan | Manifest | undefined,
): Promise<Manifest | null> {
  if (given) return 'schema' in given ? given : manifestOf(given)
  const manifests = await store.manifests()
  const plans = [...new Set(manifests.map(({ plan }) => plan))]
  if (plans.length > 1)
    throw new MicroconversionError(
      'RMC602',
      `The store has events of several plans (${plans.join(', ')}), and a report is about one. Give it as \`plan\`.`,
    )
  return [...manifests].sort((a, b) => byNumber(b.version, a.version))[0] ?? null
}

const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })

/** Returns the events of a plan; without a plan, the names in the rows. Macro conversions come first. */
export async function namedEvents(
  store: Store,
  manifest: Manifest | null,
  goals: readonly string[] | undefined,
): Promise<readonly NamedEvent[]> {
  const entries = manifest ? Object.entries(manifest.events) : await namesIn(store)
  const events = entries.map(([name, event]) => namedEvent(name, event, goals))
  for (const goal of goals ?? [])
    if (!events.some(({ event }) => event === goal))
      throw unknownName(
        goal,
        events.map(({ event }) => event),
      )
  return [...events.filter(({ macro }) => macro), ...events.filter(({ macro }) => !macro)]
}

/** Returns the names in the rows of the events in shadow or rollout. */
export const partialNames = (manifest: Manifest | null): readonly string[] =>
  Object.entries(manifest?.events ?? {}).flatMap(([name, event]) =>
    event.status === 'shadow' || (event.rollout ?? 1) < 1 ? [event.wireName ?? name] : [],
  )

function namedEvent(name: string, event: ManifestEvent, goals: readonly string[] | undefined): NamedEvent {
  return {
    event: name,
    wireName: event.wireName ?? name,
    macro: goals ? goals.includes(name) : event.macro === true,
    stage: event.stage ?? null,
    owner: event.owner ?? null,
    shadow: event.status === 'shadow',
    rollout: event.rollout ?? 1,
    sampleRate: event.sampleRate ?? 1,
    sampleBy: event.sampleBy ?? 'user',
  }
}

/** Maximum names of a report without a plan: strangers may make up any number. */
const MAX_NAMES = 50

async function namesIn({ query }: Store): Promise<[string, ManifestEvent][]> {
  const rows = await query<{ name: string }>(
    `select name from (select name, sum(n) as n from report_tally group by name) as t order by n desc, name limit ${MAX_NAMES}`,
  )
  return rows.map(({ name }) => [name, { properties: {} }])
}

/** Returns the funnels of a plan. */
export function plannedFunnels(
  manifest: Manifest | null,
  events: readonly NamedEvent[],
  { within }: ReportOptions,
): readonly PlannedFunnel[] {
  return Object.entries(manifest?.funnels ?? {}).map(([name, funnel]) => ({
    name,
    steps: funnel.steps.flatMap((step) => events.find(({ event }) => event === step) ?? []),
    within: funnel.within ?? within ?? null,
  }))
}

/** Returns whether users can be counted at each step. */
export const isFunnelByUser = ({ steps }: PlannedFunnel): boolean => steps.every(isByUser)

function unknownName(name: string, known: readonly string[]): MicroconversionError {
  return new MicroconversionError(
    'RMC606',
    `The goal "${name}" is no event of the plan.${didYouMean(name, known) || ` Events are ${known.slice(0, 10).join(', ')}.`}`,
  )
}
