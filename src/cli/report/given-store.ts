import { existsSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { Manifest } from '../../plan/manifest.ts'
import { openStore } from '../../report/store/open-store.ts'
import type { Store } from '../../report/store/store.ts'
import { attempt } from '../../support/attempt.ts'
import type { Call } from '../command.ts'
import { Failure } from '../failure.ts'
import { describePlan } from '../manifest/describe-plan.ts'
import { onlyPlan, openPlans } from '../project/plans.ts'
import { memoryOf } from './checked-options.ts'

/** Options of the commands that read stored events. */
export const storeOptions = {
  clickhouse: { type: 'string' },
  table: { type: 'string' },
  memory: { type: 'string' },
} as const

export const storeUsage = [
  '[folder]           what ndjson({ dir }) of the collector writes; default: events',
  '--clickhouse <url>  reads ClickHouse over HTTP instead; MICROCONVERSIONS_CLICKHOUSE_HEADERS holds headers as JSON',
  '--table <name>     of ClickHouse; default: events',
  '--memory <size>    maximum memory of DuckDB, such as 4GB',
]

export interface GivenStore {
  readonly store: Store
  /** The plan of `--plan`, a module or a manifest. Undefined: the newest manifest in the store. */
  readonly plan: Manifest | undefined
}

/** Opens the store that the arguments name, and loads the plan, if they name one. */
export async function openGivenStore(call: Call): Promise<GivenStore> {
  const url = call.text('clickhouse')
  const plan = await givenPlan(call, url !== undefined)
  if (url === undefined) {
    const store = await openStore(folderOf(call), { memory: memoryOf(call) })
    return { store, plan }
  }
  const source = { clickhouse: url, table: call.text('table'), headers: headersIn(process.env) }
  return { store: await openStore(source), plan }
}

/** Returns the absolute path of the folder with event files. */
export function folderOf({ positionals: [given = 'events'], world: { cwd } }: Call): string {
  return resolve(cwd, given)
}

/** ClickHouse keeps no manifests: there the plan of the project is read, too. */
async function givenPlan(call: Call, needed: boolean): Promise<Manifest | undefined> {
  const [file] = call.plans
  return file === undefined && !needed ? undefined : neededPlan(call)
}

/** Returns the manifest of `--plan`, else of the project's plan. */
export async function neededPlan(call: Call): Promise<Manifest> {
  const [file] = call.plans
  if (file?.endsWith('.json')) return manifestIn(call, file)
  return describePlan(onlyPlan(await openPlans(call)))
}

function manifestIn({ world: { cwd } }: Call, file: string): Manifest {
  const path = resolve(cwd, file)
  if (!existsSync(path)) throw new Failure(`${relative(cwd, path)} does not exist.`)
  const manifest = attempt(() => JSON.parse(readFileSync(path, 'utf8')) as Manifest)
  if (manifest?.schema !== 'react-microconversions/plan/1')
    throw new Failure(
      `${relative(cwd, path)} is no manifest of a plan; \`microconversions manifest\` prints one.`,
    )
  return manifest
}

function headersIn(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = env['MICROCONVERSIONS_CLICKHOUSE_HEADERS']
  return given ? (JSON.parse(given) as Record<string, string>) : {}
}
