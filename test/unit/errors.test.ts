import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createWarn, MicroconversionError } from '../../src/support/errors.ts'
import { repository } from '../../src/support/repository.ts'

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => [name, readFileSync(join('src', name), 'utf8')] as const)

const sorted = (codes: Iterable<string>) => [...new Set(codes)].sort()
const codesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, code = '']) => code)

/** The codes that messages are made with. */
const used = sorted(
  sources
    .filter(([name]) => name !== join('support', 'errors.ts'))
    .flatMap(([, text]) => codesIn(text, /['"`](RMC\d{3})['"`]/g)),
)
const declared = codesIn(readFileSync('src/support/errors.ts', 'utf8'), /\| '(RMC\d{3})'/g)
/** GitHub makes `#rmc101` of a heading that is the code alone. */
const documented = codesIn(readFileSync('ERRORS.md', 'utf8'), /^### (RMC\d{3})$/gm)

describe('every code', () => {
  test('that a message is made with is declared, and every declared one is used', () => {
    expect(used.length).toBeGreaterThan(40)
    expect(sorted(declared)).toEqual(used)
  })

  test('has a section in ERRORS.md, and every section a code', () => {
    expect(sorted(documented)).toEqual(used)
  })

  test('has one section', () => {
    expect(documented).toHaveLength(new Set(documented).size)
  })
})

describe('the address of the section', () => {
  const address = `${repository}/blob/main/ERRORS.md#rmc101`
  afterEach(() => void vi.unstubAllEnvs())

  function printed(): unknown {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => error.mockRestore())
    createWarn()('RMC101', 'There is no such event.')
    return error.mock.calls
  }

  test('ends what is printed and what is thrown', () => {
    expect(printed()).toEqual([[`[RMC101] There is no such event.\n${address}`]])
    expect(new MicroconversionError('RMC101', 'There is no such event.').message).toBe(
      `[RMC101] There is no such event.\n${address}`,
    )
  })

  test('is left out in production', () => {
    vi.stubEnv('NODE_ENV', 'production')
    expect(new MicroconversionError('RMC101', 'There is no such event.').message).toBe(
      '[RMC101] There is no such event.',
    )
  })

  test('is in the repository that package.json names', () => {
    const { homepage, bugs, repository: given } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(given).toEqual({ type: 'git', url: `git+${repository}.git` })
    expect(homepage).toBe(`${repository}#readme`)
    expect(bugs).toEqual({ url: `${repository}/issues` })
  })
})
