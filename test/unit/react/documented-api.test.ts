import { readdirSync, readFileSync } from 'node:fs'
import { transform } from 'esbuild'
import { expect, test } from 'vitest'

interface Documented {
  readonly name: string
  readonly file: string
}

/** Components and hooks that an entry exports, with the file that declares them. */
const documented = readdirSync('src')
  .filter((entry) => /\.tsx?$/.test(entry))
  .flatMap((entry) => {
    const exported = /^export \{([^}]*)\} from '\.\/((?:react|devtools)\/[^']*)'/gm
    return [...readFileSync(`src/${entry}`, 'utf8').matchAll(exported)].flatMap(([, names = '', file]) =>
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => /^(?:use)?[A-Z]\w*$/.test(name))
        .map((name): Documented => ({ name, file: `src/${file}` })),
    )
  })

function exampleOf({ name, file }: Documented): string {
  const source = readFileSync(file, 'utf8')
  const comment = new RegExp(`/\\*\\*((?:(?!\\*/).)*)\\*/\\s*export (?:const|function) ${name}\\b`, 's')
  const [, text = ''] = comment.exec(source) ?? []
  const [, example = ''] = text.replaceAll(/^ *\* ?/gm, '').split('@example')
  return example.trim()
}

/** A statement, or elements beside each other. */
const codeOf = (example: string) =>
  example.startsWith('<') ? `<>\n${example}\n</>` : `async function Example() {\n${example}\n}`

test('every entry is read', () => {
  const names = documented.map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining(['PricingLink', 'useTrack', 'useFormikSubmit', 'MicroconversionPanel']),
  )
})

test.each(documented)('$name has an example of two to six lines', async (each) => {
  const example = exampleOf(each)
  const lines = example.split('\n').filter(Boolean)
  expect(lines.length).toBeGreaterThanOrEqual(2)
  expect(lines.length).toBeLessThanOrEqual(6)
  expect(example).toContain(each.name)
  await expect(transform(codeOf(example), { loader: 'tsx', jsx: 'preserve' })).resolves.toBeDefined()
})
