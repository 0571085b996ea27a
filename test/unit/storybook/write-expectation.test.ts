import { expect, test } from 'vitest'
import { withExpectation, writeExpectation } from '../../../src/storybook/write-expectation.ts'

const written = (story: string, file = `export default { title: 'Link' }\n${story}`) =>
  withExpectation(file, 'link.stories.tsx', 'Pricing', [{ event: 'pricing_clicked' }]).replaceAll(/\s+/g, ' ')

const parameters = 'parameters: { microconversions: { expect: [{ event: "pricing_clicked" }] } }'
const factory = (story: string) =>
  `import preview from '#.storybook/preview'\nconst meta = preview.meta({ title: 'Link' })\nexport const Pricing = ${story}`

test.each([
  ['an object', 'export const Pricing = {}', `Pricing = { ${parameters} }`],
  [
    'a typed object',
    'export const Pricing: Story = { args: { a: 1 } }',
    `Story = { args: { a: 1 }, ${parameters} }`,
  ],
  ['satisfies', 'export const Pricing = {} satisfies Story', `Pricing = { ${parameters} } satisfies Story`],
  ['as', 'export const Pricing = {} as Story', `Pricing = { ${parameters} } as Story`],
])('writes into a story in CSF 3: %s', (_, story, found) => {
  expect(written(story)).toContain(found)
})

test.each([
  ['with options', 'meta.story({ args: { a: 1 } })', `meta.story({ args: { a: 1 }, ${parameters} })`],
  ['without', 'meta.story()', `meta.story({ ${parameters} })`],
])('writes into a story of a factory: %s', (_, story, found) => {
  expect(written('', factory(story))).toContain(found)
})

test('keeps other parameters, and replaces an earlier expectation', () => {
  const before = `{ parameters: { layout: 'centered', microconversions: { test: 'todo', expect: 'demo_booked' } } }`
  expect(written(`export const Pricing = ${before}`)).toContain(
    `{ parameters: { layout: 'centered', microconversions: { test: 'todo', expect: [{ event: "pricing_clicked" }] } } }`,
  )
})

test.each([
  ['export const Other = {}', 'link.stories.tsx exports no story Pricing.'],
  ['export const Pricing = base', 'Pricing is not written as an object.'],
  ['export const Pricing = { parameters: shared }', `the story's "parameters" is not written as an object.`],
])('says why it cannot write: %s', (story, message) => {
  expect(() => written(story)).toThrow(message)
})

test('writes no file outside of the project', async () => {
  const request = { importPath: '../other/link.stories.tsx', exportName: 'Pricing', expect: [] }
  await expect(writeExpectation(request)).rejects.toThrow('is outside of the project')
})
