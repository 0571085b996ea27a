import { describe, expect, test } from 'vitest'
import { expectTable, TABLE_ROWS } from '../../support/collector-table.ts'
import { programOf, runtimes, serveOn } from '../../support/real-runtimes.ts'

/** 350 MB together, so that they are no dependency: `npm install --no-save bun deno workerd`. */
describe('the same answers on real runtimes, where they are installed', () => {
  for (const name of Object.keys(runtimes) as (keyof typeof runtimes)[]) {
    const program = programOf(name)
    test.skipIf(!program)(program ? name : `${name} is not installed`, async () => {
      const url = await serveOn(name, program as string)
      await expectTable((init) => fetch(`${url}/collect`, init))
      const kinds: string[] = await (await fetch(`${url}/kinds`)).json()
      const count = (kind: string) => kinds.filter((each) => each === kind).length
      expect({ event: count('event'), refused: count('refused') }).toEqual(TABLE_ROWS)
    })
  }
})
