import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readTested } from '../../plan/coverage/read-tested.ts'
import { belowThreshold, renderCoverage } from '../../plan/coverage/render-coverage.ts'
import { type TestCoverage, testCoverage } from '../../plan/coverage/test-coverage.ts'
import { TESTED_FOLDER, type TestedFile } from '../../plan/coverage/tested.ts'
import { type Call, type Command, findingFormats } from '../command.ts'
import { Failure } from '../failure.ts'
import { annotation } from '../output/annotation.ts'
import { isFolder, writeOutput } from '../output/write-file.ts'
import { lineOfEvent } from '../project/line-of-event.ts'
import type { LoadedPlan } from '../project/load-plan.ts'
import { openPlans } from '../project/plans.ts'

export const coverage: Command = {
  summary: 'which events fire in a test',
  usage: [
    `--from <folder>    files that tests wrote; default: ${TESTED_FOLDER}`,
    '--threshold <0-100>  exit with 1 if a smaller percentage of the events fires in a test',
    '--junit <file>     write a JUnit report, too',
  ],
  options: { from: { type: 'string' }, threshold: { type: 'string' }, junit: { type: 'string' } },
  formats: findingFormats,
  takes: 0,
  async run(call) {
    const threshold = thresholdOf(call)
    const files = testedFiles(call)
    const { plans } = await openPlans(call)
    const found = testCoverage(
      files,
      plans.map(({ plan }) => plan),
    )
    const { format, world } = call
    world.out(
      format === 'github' ? annotationsFor(found, plans) : renderCoverage(found, format, { threshold }),
    )
    writeJUnit(call, found)
    return belowThreshold(found, { threshold }).length > 0 ? 1 : 0
  },
}

function thresholdOf(call: Call): number {
  const given = call.text('threshold') ?? '0'
  const threshold = Number(given)
  if (given.trim() !== '' && threshold >= 0 && threshold <= 100) return threshold
  throw new Failure(`--threshold "${given}" is no number from 0 to 100.`)
}

function testedFiles(call: Call): readonly TestedFile[] {
  const path = call.text('from') ?? TESTED_FOLDER
  const folder = resolve(call.world.cwd, path)
  if (existsSync(folder) && !isFolder(folder))
    throw new Failure(`--from ${path} is a file: name the folder that the tests write into.`)
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  const files = names.flatMap((name) => readTested(readFileSync(join(folder, name), 'utf8')) ?? [])
  if (files.length > 0) return files
  throw new Failure(
    `no test has written into ${path}. Add PlanCoverage of react-microconversions/testing/coverage to Vitest's reporters, or \`coverage: true\` to the Playwright fixture.`,
  )
}

function writeJUnit(call: Call, found: readonly TestCoverage[]): void {
  const path = call.text('junit')
  if (path === undefined) return
  writeOutput(call.world, path, renderCoverage(found, 'junit'))
}

/** Returns a warning at each event of a plan that no test fires. */
function annotationsFor(found: readonly TestCoverage[], plans: readonly LoadedPlan[]): string {
  const lines = found.flatMap(({ events }, index) => {
    const loaded = plans[index]
    if (!loaded) return []
    return events
      .filter(({ expected, covered }) => expected && !covered)
      .map(({ name }) =>
        annotation({
          ...{ kind: 'warning', title: 'coverage', message: `No test fires ${name}.` },
          ...{ file: loaded.shown, line: lineOfEvent(loaded, name) },
        }),
      )
  })
  return lines.join('')
}
