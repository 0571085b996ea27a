import { readdirSync, readFileSync } from 'node:fs'
import * as react18 from 'react-18'
import { expect, it } from 'vitest'

const folder = new URL('../../../src/react/', import.meta.url)

/** The values that a module imports from React. */
function reactImports(file: string): string[] {
  const source = readFileSync(new URL(file, folder), 'utf8')
  return [...source.matchAll(/^import \{([^}]*)\} from 'react'$/gm)]
    .flatMap(([, names = '']) => names.split(','))
    .map((name) => name.trim())
    .filter((name) => name && !name.startsWith('type '))
}

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.tsx?$/.test(file),
)

it.each(files)('%s imports nothing that React 18 lacks', (file) => {
  expect(reactImports(file).filter((name) => !(name in react18))).toEqual([])
})

it('looks at what there is', () => {
  expect(files.flatMap(reactImports).length).toBeGreaterThan(20)
})
