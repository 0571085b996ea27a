import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import type { Reporter, TestCase, TestModule } from 'vitest/node'
import { readTested } from '../../plan/coverage/read-tested.ts'
import { belowThreshold, type CoverageFormat, renderCoverage } from '../../plan/coverage/render-coverage.ts'
import { type TestCoverage, testCoverage } from '../../plan/coverage/test-coverage.ts'
import {
  type PlanOutline,
  TESTED_FOLDER,
  TESTED_FORMAT,
  type Tested,
  type TestedFile,
  type TestSource,
} from '../../plan/coverage/tested.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'

/** Options of `PlanCoverage`. */
export interface PlanCoverageOptions {
  /** Plans to report, or names of plans that the tests use. Default: all plans that the tests use. */
  readonly plans?: readonly (AnyPlan | string)[] | undefined
  /** Smallest percentage of expected events, 0 to 100. The run fails below it. Default 0. */
  readonly threshold?: number | undefined
  /** Files to write, by format. Default: none; the table is printed. */
  readonly files?: Readonly<Partial<Record<CoverageFormat, string>>> | undefined
  /**
   * Folder of the files of tests: this run writes `unit.json` and `stories.json`, the Playwright fixture `e2e-….json`. Default
   * `.microconversions`.
   */
  readonly folder?: string | undefined
}

/**
 * Reporter for Vitest that prints which events of a plan fire in a test: in unit tests, in stories, and in Playwright's tests of
 * the last run. Tests that failed do not count. Unit tests need `react-microconversions/testing/coverage-setup` in `setupFiles`,
 * stories the Storybook addon.
 *
 * @example
 * export default defineConfig({
 *   test: { reporters: ['default', new PlanCoverage({ threshold: 80 })] },
 * })
 */
export class PlanCoverage implements Reporter {
  readonly #options: PlanCoverageOptions

  constructor(options: PlanCoverageOptions = {}) {
    this.#options = options
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const { plans, threshold, files = {}, folder = TESTED_FOLDER } = this.#options
    const tests = modules.flatMap((module) => [...module.children.allTests('passed')])
    const run = tests.flatMap(testedIn)
    const own = (['unit', 'stories'] as const).map((source) => gathered(source, run))
    for (const file of own.filter(({ plans: used }) => used.length > 0))
      write(join(folder, `${file.source}.json`), JSON.stringify(file))
    const coverage = testCoverage([...own, ...filesIn(folder, 'e2e')], plans)
    report(coverage, { threshold, files })
  }
}

interface TestedTest {
  readonly source: TestSource
  readonly tested: Tested
}

/** Report of a story, which Storybook keeps in `task.meta.reports`. */
interface StoryReport {
  readonly type: string
  readonly result?: { readonly tested?: Tested }
}

function testedIn(test: TestCase): readonly TestedTest[] {
  const { microconversions: unit, reports = [] } = test.meta() as {
    readonly microconversions?: Tested
    readonly reports?: readonly StoryReport[]
  }
  const story = reports.find(({ type }) => type === 'react-microconversions')?.result?.tested
  return [
    ...(unit ? [{ source: 'unit' as const, tested: unit }] : []),
    ...(story ? [{ source: 'stories' as const, tested: story }] : []),
  ]
}

/** Joins the tests of one source, with each plan once. */
function gathered(source: TestSource, run: readonly TestedTest[]): TestedFile {
  const tested = run.filter((each) => each.source === source).map((each) => each.tested)
  const plans = new Map<string, PlanOutline>()
  for (const plan of tested.flatMap((each) => each.plans)) plans.set(JSON.stringify(plan), plan)
  const attempts = tested.flatMap((each) => each.attempts)
  return { format: TESTED_FORMAT, source, plans: [...plans.values()], attempts }
}

function filesIn(folder: string, source: TestSource): readonly TestedFile[] {
  let names: readonly string[] = []
  try {
    names = readdirSync(folder)
  } catch {
    // No test has written there.
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readTested(readFileSync(join(folder, name), 'utf8')) ?? [])
    .filter((file) => file.source === source)
}

function report(
  coverage: readonly TestCoverage[],
  { threshold, files = {} }: Pick<PlanCoverageOptions, 'threshold' | 'files'>,
): void {
  console.info(`\n${renderCoverage(coverage, 'text', { threshold })}`)
  for (const [format, file] of Object.entries(files) as [CoverageFormat, string][])
    write(file, renderCoverage(coverage, format, { threshold }))
  if (belowThreshold(coverage, { threshold }).length > 0) process.exitCode = 1
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}
