import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { inFirefox, inWebKit } from '../engines/browser-tests.ts'

const leftOut = [...inFirefox.leftOut, ...inWebKit.leftOut]

it.each(leftOut)('leaves out what there is: $file $tests', ({ file, tests }) => {
  const source = readFileSync(file, 'utf8')
  for (const test of tests) expect(source).toContain(`'${test}`)
})
