import type { Reporter, TestCase, TestModule } from 'vitest/node'

const SHOWN = 20
/** With fewer files the list of Vitest is short enough. */
const FEWEST_FILES = 10

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`.padStart(8)
const durationOf = (test: TestCase) => test.diagnostic()?.duration ?? 0

/** Prints where the time of a run went: the slowest tests, and what each project took. */
export class SlowestTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (modules.length < FEWEST_FILES) return
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const slowest = tests.toSorted((a, b) => durationOf(b) - durationOf(a)).slice(0, SHOWN)
    const lines = slowest.map(
      (test) => `${seconds(durationOf(test))}  ${test.module.relativeModuleId} > ${test.fullName}`,
    )
    const projects = new Map<string, number>()
    for (const module of modules) {
      const { collectDuration, setupDuration, duration } = module.diagnostic()
      const before = projects.get(module.project.name) ?? 0
      projects.set(module.project.name, before + collectDuration + setupDuration + duration)
    }
    const sums = [...projects].toSorted((a, b) => b[1] - a[1]).map(([name, ms]) => `${seconds(ms)}  ${name}`)
    console.info(
      ['', `The ${lines.length} slowest tests:`, ...lines, '', 'By project, imports included:', ...sums].join(
        '\n',
      ),
    )
  }
}
