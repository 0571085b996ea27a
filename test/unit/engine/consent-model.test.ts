import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { faultsOf } from '../../support/consent-model.ts'
import { visits } from '../../support/consent-visits.ts'
import { listenToAdvice } from '../../support/tracking.ts'

test('whatever visitors, tabs and destinations do, nothing is stored, sent or spent without consent', async () => {
  listenToAdvice()
  const random = vi.spyOn(Math, 'random').mockReturnValue(0.5)
  await fc.assert(
    fc.asyncProperty(visits.setting, visits.actions, async (setting, actions) => {
      expect(await faultsOf(setting, actions)).toEqual([])
    }),
    { numRuns: Number(process.env['RUNS'] ?? 10_000) },
  )
  random.mockRestore()
}, 120_000)
