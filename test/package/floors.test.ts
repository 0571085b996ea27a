import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const importing = (path: string) => `import { thing } from '${path}'\n\nexport const other = thing\n`
const importingType = (path: string) => `import type { Thing } from '${path}'\n\nexport type Other = Thing\n`
const using = (expression: string) => `export const other = () => ${expression}\n`

const imports = 'lint/style/noRestrictedImports'
const globals = 'lint/style/noRestrictedGlobals'
const cycles = 'lint/suspicious/noImportCycles'

/** Each file breaks one rule. */
const violations: [file: string, content: string, rule: string][] = [
  ['src/support/to-platform.ts', importing('../platform/clock.ts'), imports],
  ['src/support/to-package.ts', importing('react-microconversions/core'), imports],
  ['src/plan/to-engine.ts', importing('../engine/decide.ts'), imports],
  ['src/plan/to-engine-type.ts', importingType('../engine/tracker-api.ts'), imports],
  ['src/platform/to-engine.ts', importing('../engine/decide.ts'), imports],
  ['src/engine/to-triggers.ts', importing('../triggers/form.ts'), imports],
  ['src/engine/to-react.ts', importing('react'), imports],
  ['src/engine/to-platform.ts', importing('../platform/clock.ts'), 'plugin'],
  ['src/engine/to-platform-lazily.ts', using("import('../platform/clock.ts')"), 'plugin'],
  ['src/triggers/to-engine.ts', importing('../engine/decide.ts'), imports],
  ['src/triggers/to-platform.ts', importing('../platform/clock.ts'), 'plugin'],
  ['src/destinations/to-engine.ts', importing('../engine/decide.ts'), 'plugin'],
  ['src/destinations/to-react.ts', importing('../react/provider.tsx'), imports],
  ['src/consent/to-engine.ts', importing('../engine/decide.ts'), 'plugin'],
  ['src/consent/to-react.ts', importing('../react/provider.tsx'), imports],
  ['src/engine/to-experiments.ts', importing('../experiments/experiment-viewed.ts'), imports],
  ['src/triggers/to-embeds.ts', importing('../embeds/calendly.ts'), imports],
  ['src/embeds/to-react.ts', importing('../react/provider.tsx'), imports],
  ['src/experiments/to-react.ts', importing('react'), imports],
  ['src/engine/to-consent.ts', importing('../consent/tcf.ts'), imports],
  ['src/react/to-devtools.ts', importing('../devtools/shell/panel.tsx'), imports],
  ['src/react/to-entry.ts', importing('../core.ts'), imports],
  ['src/devtools/to-triggers.ts', importing('../triggers/form.ts'), imports],
  ['src/devtools/list/to-triggers.ts', importing('../../triggers/form.ts'), imports],
  ['src/collector/to-engine-type.ts', importingType('../engine/tracker-api.ts'), imports],
  ['src/collector/to-react.ts', importing('react'), imports],
  ['src/collector/to-node.ts', importing('node:fs'), imports],
  ['src/collector/to-node-folder.ts', importing('./node/ndjson.ts'), imports],
  ['src/collector/node/to-engine.ts', importing('../../engine/decide.ts'), imports],
  ['src/report/to-collector-type.ts', importingType('../collector/rows/row.ts'), imports],
  ['src/report/to-engine.ts', importing('../engine/decide.ts'), imports],
  ['src/collector/to-report.ts', importing('../report/report.ts'), imports],
  ['src/engine/to-report-type.ts', importingType('../report/report-types.ts'), imports],
  ['src/destinations/to-collector.ts', importing('../collector/rows/row.ts'), imports],
  ['src/plan/to-collector-type.ts', importingType('../collector/rows/row.ts'), imports],
  ['src/server/to-collector-type.ts', importingType('../collector/rows/row.ts'), imports],
  ['src/server/to-engine.ts', importing('../engine/decide.ts'), imports],
  ['src/server/to-node.ts', importing('node:fs'), imports],
  ['src/collector/to-server.ts', importing('../server/create-event.ts'), imports],
  ['src/testing/to-devtools.ts', importing('../devtools/shell/panel.tsx'), imports],
  ['src/testing/to-cli.ts', importing('../cli/run.ts'), imports],
  ['src/testing/to-collector.ts', importing('../collector/create-collector.ts'), imports],
  ['src/devtools/to-cli.ts', importing('../cli/run.ts'), imports],
  ['src/react/to-storybook.ts', importing('../storybook/protocol.ts'), imports],
  ['src/testing/to-storybook.ts', importing('../storybook/protocol.ts'), imports],
  ['src/devtools/to-storybook.ts', importing('../storybook/protocol.ts'), imports],
  ['src/cli/to-storybook.ts', importing('../storybook/protocol.ts'), imports],
  ['src/storybook/to-cli.ts', importing('../cli/run.ts'), imports],
  ['src/react/to-cli.ts', importing('../cli/run.ts'), imports],
  ['src/plan/to-cli.ts', importing('../cli/run.ts'), imports],
  ['src/cli/to-react.ts', importing('../react/provider.tsx'), imports],
  ['src/cli/diff/to-engine.ts', importing('../../engine/decide.ts'), imports],
  ['src/eslint/to-engine.ts', importing('../engine/decide.ts'), imports],
  ['src/eslint/to-eslint.ts', importing('eslint'), imports],
  ['src/devtools/to-eslint.ts', importing('../eslint/plugin.ts'), imports],
  ['src/core.ts', "export { thing } from './react/provider.tsx'\n", imports],
  ['src/index.ts', "export { thing } from './devtools/shell/panel.tsx'\n", imports],
  ['src/plan/now.ts', using('Date.now()'), globals],
  ['src/support/later.ts', using('setTimeout(() => {}, 1)'), globals],
  ['src/engine/remember.ts', using("localStorage.getItem('a')"), globals],
  ['src/engine/look.ts', using('window.innerWidth'), globals],
  ['src/engine/cycle-a.ts', "import type { B } from './cycle-b.ts'\n\nexport type A = B[]\n", cycles],
  ['src/engine/cycle-b.ts', "import type { A } from './cycle-a.ts'\n\nexport type B = A | 1\n", cycles],
  ['src/react/any.ts', 'export const other = (it: any) => it\n', 'lint/suspicious/noExplicitAny'],
  ['src/react/default.ts', 'export default 1\n', 'lint/style/noDefaultExport'],
  ['src/react/enum.ts', 'export enum Other {\n  A = 1,\n}\n', 'lint/style/noEnum'],
  ['src/react/barrel.ts', "export { thing } from './provider.tsx'\n", 'lint/performance/noBarrelFile'],
  ['src/react/bare.ts', importing('./provider'), 'lint/correctness/useImportExtensions'],
  [
    'src/engine/long.ts',
    `export function long() {\n${'  long()\n'.repeat(70)}}\n`,
    'lint/complexity/noExcessiveLinesPerFunction',
  ],
]

/** And these break none. */
const allowed: [file: string, content: string][] = [
  ['src/react/provider.tsx', using('null')],
  ['src/plan/with-support.ts', importing('../support/errors.ts')],
  ['src/engine/with-plan.ts', importing('../plan/event.ts')],
  ['src/engine/with-platform-type.ts', importingType('../platform/platform.ts')],
  ['src/triggers/with-platform-type.ts', importingType('../platform/platform.ts')],
  ['src/destinations/with-engine-type.ts', importingType('../engine/tracker-api.ts')],
  ['src/experiments/with-engine.ts', importing('../engine/tracker.ts')],
  ['src/react/with-embeds.ts', importing('../embeds/calendly.ts')],
  ['src/destinations/with-platform.ts', importing('../platform/network.ts')],
  ['src/consent/with-engine-type.ts', importingType('../engine/tracker-api.ts')],
  ['src/react/with-all-below.ts', importing('../triggers/form.ts')],
  ['src/react/with-react.ts', importing('react')],
  ['src/devtools/with-engine.ts', importing('../engine/record.ts')],
  ['src/storybook/with-testing.ts', importing('../testing/manual-platform.ts')],
  ['src/storybook/with-devtools.ts', importing('../devtools/mount-overlay.tsx')],
  ['src/testing/with-destinations.ts', importing('../destinations/memory.ts')],
  ['src/testing/with-rows.ts', importingType('../collector/rows/row.ts')],
  ['src/cli/with-collector.ts', importing('../collector/create-collector.ts')],
  ['src/cli/with-plan.ts', importing('../plan/review.ts')],
  ['src/eslint/with-support.ts', importing('../support/version.ts')],
  ['src/platform/now.ts', using('Date.now()')],
  ['src/collector/with-plan.ts', importing('../plan/event.ts')],
  ['src/collector/now.ts', using('Date.now()')],
  ['src/collector/node/with-node.ts', importing('node:fs')],
  ['src/collector-node.ts', "export { thing } from './collector/node/with-node.ts'\n"],
  ['src/server/with-plan.ts', importing('../plan/event.ts')],
  ['src/testing.ts', "export { thing } from './testing/render.tsx'\n"],
  ['test/unit/any.test.ts', 'export const other = (it: any) => it\n'],
]

let folder: string
let reported: Map<string, string[]>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rmc-floors-'))
  for (const name of ['biome.json', 'types-only.grit', '.gitignore'])
    cpSync(join(root, name), join(folder, name))
  for (const [file, content] of [...violations, ...allowed]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), content)
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  const report = await new Promise<string>((done) => {
    const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.']
    execFile(process.execPath, args, { cwd: folder }, (_, out) => done(out))
  })
  reported = new Map()
  for (const { category, location } of JSON.parse(report).diagnostics) {
    reported.set(location.path, [...(reported.get(location.path) ?? []), category])
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

test.each(violations)('%s is refused', (file, _, rule) => {
  expect(reported.get(file)).toEqual([rule])
})

test.each(allowed)('%s is fine', (file) => {
  expect(reported.get(file)).toBeUndefined()
})
