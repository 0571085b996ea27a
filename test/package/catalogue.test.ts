import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Every story of the built Storybook, as `title: Name`. */
function builtStories(): ReadonlyMap<string, readonly string[]> {
  const index = JSON.parse(readFileSync('storybook-static/index.json', 'utf8')) as {
    entries: Record<string, { type: string; title: string; name: string; tags?: string[] }>
  }
  const stories = Object.values(index.entries).filter(({ type }) => type === 'story')
  return new Map(stories.map(({ title, name, tags = [] }) => [`${title}: ${name}`, tags]))
}

const catalogue = readFileSync('README.md', 'utf8').split('## Catalogue')[1]?.split('\n## ')[0] ?? ''
const rows = catalogue
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
