import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { Linter } from 'eslint'
import { describe, expect, test } from 'vitest'
import { declarationsIn, importsFor, importsIn } from '../../stories/support/declarations.ts'
import { pastable } from '../../stories/support/pastable.ts'
import { prop } from '../../stories/support/rows.ts'

const read = (file: string) => readFileSync(join('stories', file), 'utf8')
const files = {
  support: ['story-plan.ts', 'seen-plan.ts', 'journey-plan.ts', 'closable.tsx', 'later.tsx'],
  'guides/examples': ['react-router.tsx', 'tanstack-router.tsx'],
}
const support = new Map(
  Object.entries(files).flatMap(([folder, names]) =>
    names.map((name) => [name, read(`${folder}/${name}`)] as const),
  ),
)
const shared = { seenPlan: 'seen', journeyPlan: 'journey' } as const

/** The name of the plan that a file of stories gives to `tracking`. */
function planIn(file: string): string {
  const own = /definePlan\(\{\s*name: '([^']+)'/.exec(file)?.[1]
  if (own) return own
  const found = Object.entries(shared).find(([name]) => file.includes(`plan: ${name}`))
  return found?.[1] ?? 'stories'
}

/** Every story that renders a component of its file, as Storybook shows its JSX. */
const stories = readdirSync('stories', { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(?:components|hooks|catalogue|journey)\/.*\.stories\.tsx$/.test(file))
  .sort()
  .flatMap((file) => {
    const text = read(file)
    const rendered = [...text.matchAll(/render: \(\) => (<\w+ \/>)/g)].map(([, jsx = '']) => jsx)
    return [...new Set(rendered)].map((jsx) => ({ name: `${file} ${jsx}`, file: text, jsx }))
  })

/** Names that a module uses, and neither declares nor imports. */
async function undeclaredIn(code: string): Promise<readonly string[]> {
  const { code: plain } = await transform(code, { loader: 'tsx', jsx: 'automatic' })
  const globals = {
    document: false,
    window: false,
    setTimeout: false,
    Promise: false,
    fetch: false,
    URL: false,
  }
  const messages = new Linter().verify(plain, {
    rules: { 'no-undef': 'error', 'no-redeclare': 'error' },
    languageOptions: { globals: { ...globals, FormData: false, Response: false, console: false } },
  })
  return messages.map(({ message }) => message)
}

describe('the code of a story', () => {
  test('is that of many stories', () => {
    expect(stories.length).toBeGreaterThan(30)
  })

  test.each(stories)('$name is a module that has all it needs', async ({ file, jsx }) => {
    const code = pastable(jsx, { file, support, plan: planIn(file) })
    expect(await undeclaredIn(code)).toEqual([])
    expect(code).toContain('const plan = definePlan({')
    expect(code).toContain('<MicroconversionProvider tracker={')
    expect(code).not.toMatch(/useStoryTracking|storybook|biome|\bmeta\b/)
  })

  const file = read('components/pricing-link.stories.tsx')
  const link = `<PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} href="/pricing">\n  See pricing\n</PricingLink>`

  test('has import, plan and Provider, and of the plan only what it reports', () => {
    const code = pastable(link, { file, support, plan: 'stories' })
    expect(code).toMatch(/^import \{ [^}]*PricingLink[^}]*\} from 'react-microconversions'\n/)
    expect([...code.matchAll(/^ {4}(\w+): event\(/gm)].map(([, name]) => name)).toEqual([
      'pricing_clicked',
      'demo_booked',
    ])
    expect(code).toMatch(/<MicroconversionProvider tracker=\{tracker\}>\n {4}<PricingLink /)
  })

  test('begins with the answer about consent, and a destination that waits for it', () => {
    const code = pastable(link, { file, support, plan: 'stories', consent: 'pending' })
    expect(code).toContain("createTracker({ plan, destinations: [memory()], consent: 'pending' })")
    expect(code).toContain("import { memory } from 'react-microconversions/destinations'")
  })

  test('has the handlers of the story, and no fragment that needs React', async () => {
    const form = read('components/tracked-form.stories.tsx')
    const jsx =
      '<TrackedForm name="guide" onSubmit={() => {}}>\n  <React.Fragment key=".0">\n    <p>One</p>\n  </React.Fragment>\n</TrackedForm>'
    const shown = (story: string) => pastable(jsx, { file: form, support, plan: 'stories', story })
    expect(shown('Playground')).toMatch(/onSubmit=\{send\}>\s+<>\s+<p>One<\/p>\s+<\/>/)
    expect(shown('Submitted Twice')).toContain('onSubmit={sendSlowly}')
    expect(shown('Submitted Twice')).toContain('async function sendSlowly(event: FormEvent) {')
    expect(await undeclaredIn(shown('Submitted Twice'))).toEqual([])
  })

  test('has a test tracker where the story moves the clock', () => {
    const funnel = read('hooks/use-funnel.stories.tsx')
    const code = pastable('<Offer />', { file: funnel, support, plan: 'journey' })
    expect(code).toContain('const { tracker, platform } = createTestTracker(plan, { plugins: [journey()] })')
  })
})

/** Arguments of `prop`, `takes` and `gives` in a file of stories. */
const rowsIn = (file: string) =>
  [...file.matchAll(/\b(?:prop|takes|gives)\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)"|`([^`]*)`)/g)].map(
    ([, one, two, three]) => (one ?? two ?? three ?? '').replaceAll("\\'", "'"),
  )
const typesInTables = readdirSync('stories', { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(?:components|hooks|devtools)\/.*\.tsx?$/.test(file))
  .flatMap((file) => rowsIn(read(file)).map((type) => ({ file, type })))

test('the tables of props name types, not sentences', async () => {
  expect(typesInTables.length).toBeGreaterThan(100)
  const wrong = await Promise.all(
    typesInTables.map(async ({ file, type }) => {
      const isType = await transform(`type Prop<T> = ${type}`, { loader: 'ts' }).then(
        () => true,
        () => false,
      )
      return isType ? [] : [`${file}: ${type}`]
    }),
  )
  expect(wrong.flat()).toEqual([])
})

test('names with underscores are no emphasis in a table, and a boolean is a switch', () => {
  expect(prop('boolean', 'Default of page_view and `video_title`.')).toMatchObject({
    control: 'boolean',
    description: 'Default of page\\_view and `video_title`.',
  })
  expect(prop('string', 'A name.')).not.toHaveProperty('control')
})

test('declarations end where Biome closes them', () => {
  const found = declarationsIn(
    'const a = 1\n\nexport function b() {\n  return a\n}\n\ninterface C {\n  d: 1\n}\n',
  )
  expect(found.map(({ name }) => name)).toEqual(['a', 'b', 'C'])
  expect(found[1]?.code).toBe('function b() {\n  return a\n}')
})

test('imports keep what is used, once for each package, and none of the own files', () => {
  const imports = importsIn(
    "import * as z from 'zod'\nimport { type FormEvent, useState } from 'react'\nimport Hls from 'hls.js'\nimport { tour } from '../support/media.ts'\n",
  )
  expect(importsFor('z.object(useState(0))', imports)).toBe(
    "import { useState } from 'react'\nimport * as z from 'zod'",
  )
  expect(importsFor('new Hls() as FormEvent', imports)).toBe(
    "import { type FormEvent } from 'react'\nimport Hls from 'hls.js'",
  )
})
