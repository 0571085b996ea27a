import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { userPages } from '../../scripts/markdown.mjs'
import { checkSnippets } from '../../scripts/snippets.mjs'

function plant(name: string, ...lines: readonly string[]): string {
  const page = join(mkdtempSync(join(tmpdir(), 'snippets-')), name)
  writeFileSync(page, lines.join('\n'))
  return page
}

test('the TypeScript of README and docs compiles', async () => {
  const { count, complaints } = await checkSnippets(userPages())
  expect(complaints).toEqual([])
  expect(count).toBeGreaterThan(5)
})

test('a block that does not compile is reported with its line in the page', async () => {
  const page = plant(
    'wrong.md',
    ...[
      '# Wrong',
      '',
      '```ts',
      "import { definePlan } from 'react-microconversions'",
      'definePlan(1)',
      '```',
      '',
    ],
    ...[
      '<!-- with: plan -->',
      '```tsx',
      'export const App = () => (',
      '  <PricingLink event="pricing_clickd" href="/" />',
    ],
    ...[')', '```'],
  )
  const { count, complaints } = await checkSnippets([page])
  expect(count).toBe(2)
  expect(complaints).toEqual([
    expect.stringMatching(/wrong\.md:11: TS\d+: [\s\S]*"pricing_clicked"/),
    expect.stringMatching(/wrong\.md:5: TS2345: .*number/),
  ])
})

test('a block that registers its own plan is checked against it alone', async () => {
  const page = plant(
    'own.md',
    ...['```tsx', "import { definePlan, event, PricingLink } from 'react-microconversions'"],
    "const plan = definePlan({ name: 'own', version: '1', events: { own_clicked: event() } })",
    "declare module 'react-microconversions' { interface Register { plan: typeof plan } }",
    ...['export const Right = () => <PricingLink event="own_clicked" href="/" />', ''],
    ...['export const Wrong = () => <PricingLink event="pricing_clicked" href="/" />', '```'],
  )
  const { complaints } = await checkSnippets([page])
  expect(complaints).toEqual([expect.stringMatching(/own\.md:7: TS\d+: [\s\S]*"own_clicked"/)])
})

test('a comment that leaves a block out gives a reason, and one that names a prelude names one that exists', async () => {
  const page = plant(
    'comments.md',
    ...['<!-- no-check: pseudo code -->', '```ts', 'not code', '```', ''],
    ...['<!-- no-check -->', '```ts', 'export {}', '```', ''],
    ...['<!-- with: plans -->', '```ts', 'export {}', '```'],
  )
  const { complaints } = await checkSnippets([page])
  expect(complaints).toEqual([
    expect.stringMatching(/comments\.md:6: "no-check:" needs a reason/),
    expect.stringMatching(/comments\.md:11: docs\/\.snippets\/plans\.tsx does not exist/),
  ])
})
