import { MicroconversionError } from '../../support/errors.ts'
import type { Splits } from '../report-options.ts'
import type { ExperimentReport } from '../report-types.ts'
import { testSplit } from '../statistics/sample-ratio.ts'
import { splitVerdict } from '../statistics/verdict.ts'
import type { Reading } from '../tables/reading.ts'
import { rateFigure } from './figures.ts'

/** Maximum experiments and variants of a report: strangers may make up any number. */
const MAX_EXPERIMENTS = 20
const MAX_VARIANTS = 20
/** Maximum number of different combinations of variants in which experiments are looked for. */
const MAX_COMBINATIONS = 1_000

/** Returns whether the users of each experiment are split between its variants as planned. */
export async function measureExperiments(
  reading: Reading,
  splits: Splits,
): Promise<readonly ExperimentReport[]> {
  const names = await experimentsIn(reading)
  const measured: ExperimentReport[] = []
  for (const name of names) measured.push(experimentOf(name, await usersByVariant(reading, name), splits))
  return measured.sort((a, b) => b.users - a.users || (a.experiment < b.experiment ? -1 : 1))
}

/** Returns the names of the experiments that most events of the period carry. */
async function experimentsIn({ store }: Reading): Promise<readonly string[]> {
  const rows = await store.query<{ experiments: string; n: number }>(
    `select * from (select experiments, sum(n) as n from report_experiments group by experiments) as t
      order by n desc, experiments limit ${MAX_COMBINATIONS}`,
  )
  const events = new Map<string, number>()
  for (const { experiments, n } of rows) {
    for (const name of Object.keys(JSON.parse(experiments))) events.set(name, (events.get(name) ?? 0) + n)
  }
  return [...events]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MAX_EXPERIMENTS)
    .map(([name]) => name)
}

/** Returns the number of users by the only variant that they saw; by null, of those who saw several. */
async function usersByVariant(
  { store, sql }: Reading,
  experiment: string,
): Promise<ReadonlyMap<string | null, number>> {
  const rows = await store.query<{ variant: string | null; n: number }>(
    `select * from (select variant, count(*) as n from (
        select anonymous_id, case when min(seen) = max(seen) then min(seen) else null end as variant from (
          select e.anonymous_id as anonymous_id, ${sql.jsonText('e.experiments', experiment)} as seen
          from report_experiments as e where e.by_browser = 1
        ) as views where seen is not null group by anonymous_id
      ) as users group by variant) as t order by n desc, variant limit ${MAX_VARIANTS}`,
  )
  return new Map(rows.map(({ variant, n }) => [variant, n]))
}

function experimentOf(
  experiment: string,
  users: ReadonlyMap<string | null, number>,
  splits: Splits,
): ExperimentReport {
  const given = Object.hasOwn(splits, experiment) ? splits[experiment] : undefined
  const seen = [...users.keys()].filter((variant) => variant !== null)
  const weightOf = (variant: string) =>
    (given ? (Object.hasOwn(given, variant) ? given[variant] : 0) : 1) ?? 0
  const names = [...new Set([...Object.keys(given ?? {}), ...seen])].sort()
  const variants = names.map((variant) => ({
    variant,
    k: users.get(variant) ?? 0,
    weight: weightOf(variant),
  }))
  const n = variants.reduce((sum, { k }) => sum + k, 0)
  const weights = variants.reduce((sum, { weight }) => sum + weight, 0)
  const test = testSplit(variants.filter(({ weight }) => weight > 0))
  const verdict = splitVerdict(test)
  return {
    experiment,
    users: n,
    mixed: users.get(null) ?? 0,
    variants: variants.map(({ variant, k, weight }) => ({
      variant,
      share: rateFigure({ k, n }),
      planned: weight / weights,
    })),
    weights: given ? 'given' : 'equal',
    verdict,
    p: verdict === 'as planned' || verdict === 'not as planned' ? test.p : null,
  }
}

/** Returns planned weights. Throws a `MicroconversionError` (RMC610) if they cannot be used. */
export function checkedSplits(splits: Splits = {}): Splits {
  for (const [experiment, weights] of Object.entries(splits)) {
    const wrong = Object.entries(weights).find(([, weight]) => !(Number.isFinite(weight) && weight > 0))
    if (wrong) throw badSplit(experiment, `gives "${wrong[0]}" the weight ${wrong[1]}; weights are above 0`)
    if (Object.keys(weights).length < 2) throw badSplit(experiment, 'names fewer than two variants')
  }
  return splits
}

const badSplit = (experiment: string, why: string) =>
  new MicroconversionError('RMC610', `The planned split of the experiment "${experiment}" ${why}.`)
