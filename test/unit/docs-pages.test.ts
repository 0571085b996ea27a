import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { docsAddress } from '../../stories/support/docs-address.ts'

const read = (file: string) => readFileSync(file, 'utf8')
/** Pages for users; the others are for contributors. */
const pages = readdirSync('docs')
  .filter((name) => name.endsWith('.md') && name !== 'overlay-goals.md')
  .map((name) => name.slice(0, -'.md'.length))
const slugOf = (title: string) => title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
const inSidebar = () => {
  const [, list = ''] = /'Guides',\s*\[([^\]]*)\]/.exec(read('.storybook/preview.tsx')) ?? []
  return [...list.matchAll(/'([^']+)'/g)].map(([, title = '']) => title)
}

describe('Storybook', () => {
  test('has a page for each page of docs, in the order of the sidebar', () => {
    expect(inSidebar().map(slugOf)).toEqual(expect.arrayContaining(pages))
  })

  test.each(pages)('shows docs/%s.md under the title of its name', (page) => {
    const mdx = read(`stories/guides/${page}.mdx`)
    expect(mdx).toContain(`'../../docs/${page}.md?raw'`)
    const title = /<Meta title="Guides\/([^"]+)"/.exec(mdx)?.[1]
    if (title !== undefined) expect(slugOf(title)).toBe(page)
  })
})

describe('llms.txt', () => {
  const linked = [...read('llms.txt').matchAll(/\]\(([^)]+)\)/g)].map(([, href = '']) => href)

  test('begins with the name and a summary', () => {
    expect(read('llms.txt')).toMatch(/^# react-microconversions\n\n> \S/)
  })

  test('links to every page of docs, and to files that exist', () => {
    expect(linked).toEqual(expect.arrayContaining(pages.map((page) => `docs/${page}.md`)))
    expect(linked.filter((href) => !existsSync(href))).toEqual([])
  })
})

test.each([
  ['consent.md', '?path=/docs/guides-consent--docs'],
  ['form-libraries.md#formik', '?path=/docs/guides-form-libraries--docs#formik'],
  [
    '../ERRORS.md#rmc202',
    expect.stringMatching(/^https:\/\/github\.com\/.*\/blob\/main\/ERRORS\.md#rmc202$/),
  ],
  ['../schema/batch-2.schema.json', expect.stringMatching(/\/blob\/main\/schema\/batch-2\.schema\.json$/)],
  ['#fires-twice', '#fires-twice'],
  ['https://standardschema.dev', 'https://standardschema.dev'],
])('a link to %s leads to %s in Storybook', (href, address) => {
  expect(docsAddress(href)).toEqual(address)
})
