import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

interface Entry {
  readonly id: string
  readonly type: string
  readonly title: string
  readonly name: string
  readonly tags?: string[]
}

function builtEntries(): readonly Entry[] {
  return Object.values(JSON.parse(readFileSync('storybook-static/index.json', 'utf8')).entries)
}

/** Every story of the built Storybook, as `title: Name`. */
function builtStories(): ReadonlyMap<string, readonly string[]> {
  const stories = builtEntries().filter(({ type }) => type === 'story')
  return new Map(stories.map(({ title, name, tags = [] }) => [`${title}: ${name}`, tags]))
}

const rows = readFileSync('docs/catalogue.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| what') && !line.startsWith('| ---'))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))

it('has a row for each small step, and each row a story that plays', () => {
  const stories = builtStories()
  expect(rows.length).toBeGreaterThan(30)
  for (const [what, line, story = ''] of rows) {
    expect(line, what).toMatch(/`.+`/)
    expect([...stories.keys()], what).toContain(story)
    expect(stories.get(story), what).toContain('play-fn')
  }
})

it('has a row for each story of the catalogue', () => {
  const told = rows.map(([, , story]) => story)
  const built = [...builtStories().keys()].filter((story) => story.startsWith('Catalogue/'))
  expect(built.filter((story) => !told.includes(story))).toEqual([])
})

it('leads to every page from the introduction', () => {
  const introduction = readFileSync('stories/introduction.mdx', 'utf8')
  const linked = new Set([...introduction.matchAll(/\?path=\/(?:docs|story)\/([\w-]+)/g)].map(([, id]) => id))
  const entries = builtEntries()
  const pages = new Set(entries.map(({ title }) => title).filter((title) => title !== 'Introduction'))
  expect([...linked].filter((id) => !entries.some((entry) => entry.id === id))).toEqual([])
  expect(
    [...pages].filter((page) => !entries.some(({ title, id }) => title === page && linked.has(id))),
  ).toEqual([])
})
