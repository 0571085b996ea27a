import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, test } from 'vitest'
import { root } from '../../scripts/entries.mjs'

const { apps } = inject('packed')
const run = promisify(execFile)

const spec = `
import { definePlan, event } from 'react-microconversions/core'
import { createTestTracker } from 'react-microconversions/testing'
import { expect, test } from 'vitest'

const plan = definePlan({ name: 'shop', version: '1', events: { pricing_clicked: event(), guide_read: event(), demo_booked: event() } })
test('passes', () => void createTestTracker(plan).tracker.track('pricing_clicked'))
test('fails', () => {
  createTestTracker(plan).tracker.track('demo_booked')
  expect(1).toBe(2)
})
`
const config = `
import { PlanCoverage } from 'react-microconversions/testing/coverage'

const coverage = new PlanCoverage({ threshold: 70, files: { json: 'coverage.json' } })
export default { test: { setupFiles: ['react-microconversions/testing/coverage-setup'], reporters: [coverage] } }
`
const endToEnd = {
  format: 'react-microconversions/tested/1',
  source: 'e2e',
  plans: [],
  attempts: [{ plan: 'shop', event: 'guide_read', outcome: 'fired', reason: 'admitted', component: 'track' }],
}

test('Vitest reports the coverage of a plan, with the end-to-end tests before it, and without failed tests', async () => {
  const app = mkdtempSync(join(apps[19], 'coverage-'))
  mkdirSync(join(app, '.microconversions'))
  writeFileSync(join(app, '.microconversions/e2e-1.json'), JSON.stringify(endToEnd))
  writeFileSync(join(app, 'shop.test.js'), spec)
  writeFileSync(join(app, 'vitest.config.js'), config)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const env = { ...process.env, NODE_ENV: 'test' }
  const result = await run(process.execPath, [vitest, 'run'], { cwd: app, env }).catch(
    (error: { stdout: string; code: number }) => error,
  )
  expect(result).toMatchObject({ code: 1 })
  expect(result.stdout.trim().split('\n')).toEqual([
    'Plan coverage of "shop" 1: 2 of 3 events in a test (66%)',
    '  event                 unit  stories      e2e   also seen',
    '  pricing_clicked          1        –        –',
    '  guide_read               –        –        1',
    '✖ demo_booked              –        –        –',
    'Plan coverage of "shop", 66%, is below 70%.',
  ])
  expect(JSON.parse(readFileSync(join(app, 'coverage.json'), 'utf8'))).toMatchObject({ threshold: 70 })
  expect(JSON.parse(readFileSync(join(app, '.microconversions/unit.json'), 'utf8'))).toMatchObject({
    source: 'unit',
    attempts: [{ event: 'pricing_clicked' }],
  })
})
