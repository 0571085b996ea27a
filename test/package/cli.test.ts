import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

const { tarball } = inject('packed')
const run = promisify(execFile)

let app: string
beforeAll(async () => {
  // Not below the project, whose own packages it must not find.
  app = mkdtempSync(join(tmpdir(), 'rmc-cli-'))
  writeFileSync(join(app, 'package.json'), '{ "private": true, "name": "empty" }')
  await run('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: app })
  mkdirSync(join(app, 'src'))
})
afterAll(() => rmSync(app, { recursive: true }))

async function npx(...args: readonly string[]) {
  const env = { ...process.env, NODE_ENV: 'production' }
  const ran = run('npx', ['--no-install', 'microconversions', ...args], { cwd: app, env })
  return ran.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )
}

const planOf = (events: string) => `
  import { definePlan, event, standardEvents } from 'react-microconversions/core'
  const plan = definePlan({ name: 'empty', version: '1', owner: 'me', events: { ${events} } })
  export default plan`

test('npx microconversions check runs in an empty project', async () => {
  const { code, stdout, stderr } = await npx('check')
  expect(stderr).toMatch(/^microconversions: no plan found at .+\n$/)
  expect(stdout).toBe('')
  expect(code).toBe(2)
})

test('it reads a plan in TypeScript, which knows its standard events', async () => {
  writeFileSync(
    join(app, 'src/plan.ts'),
    planOf(
      `...standardEvents.search, demo_booked: event({ macro: true, description: 'Has a demo' } as const)`,
    ),
  )
  const { code, stdout, stderr } = await npx('check')
  expect(stderr).toBe('')
  expect(stdout).toContain('Plan "empty" 1, src/plan.ts: 4 events, 1 macro conversion')
  expect(stdout).not.toContain('description')
  expect(code).toBe(0)
  const manifest = JSON.parse((await npx('manifest')).stdout)
  expect(manifest.events.search).toMatchObject({ standard: 'search', description: 'Searches' })
})

test('a wrong plan is one sentence, also where NODE_ENV is production', async () => {
  writeFileSync(join(app, 'src/plan.ts'), planOf(`a_b: event({ goal: 'a_c' })`))
  const { code, stdout, stderr } = await npx('check')
  expect(stderr).toMatch(/^microconversions: \[RMC001\] Plan "empty": the goal of "a_b" names "a_c".+\n$/)
  expect(stdout).toBe('')
  expect(code).toBe(2)
})
