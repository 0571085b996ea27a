import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Take minutes. Vitest begins with the largest files, and would leave these alone at the end of their project. */
const slow = new Set(['test/engines/faults.test.ts', 'test/e2e/storybook-addon.test.ts'])

/** Keeps the order of groups and projects. */
export class SlowFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const { root } = this.ctx.config
    const projects = [...new Set(sorted.map(({ project }) => project))]
    const rank = ({ project, moduleId }: TestSpecification) =>
      2 * projects.indexOf(project) + (slow.has(relative(root, moduleId)) ? 0 : 1)
    return sorted.toSorted((a, b) => rank(a) - rank(b))
  }
}
