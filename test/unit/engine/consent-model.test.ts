import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { faultsOf } from '../../support/consent-model.ts'
import { visits } from '../../support/consent-visits.ts'
import { listenToAdvice } from '../../support/tracking.ts'

/** One set of runs, so that a failure is a change; `CONSENT_MODEL_SEED=…` explores others, as many as `CONSENT_MODEL_RUNS`. */
const seed = Number(process.env['CONSENT_MODEL_SEED'] ?? 1)
const numRuns = Number(process.env['CONSENT_MODEL_RUNS'] ?? 2_000)

test('whatever users, tabs and destinations do, nothing is stored, sent or spent without consent', async () => {
  listenToAdvice()
  // Back-off without its jitter: a seed stands for one course of events.
  const random = vi.spyOn(Math, 'random').mockReturnValue(0.5)
  await fc.assert(
    fc.asyncProperty(visits.setting, visits.actions, async (setting, actions) => {
      expect(await faultsOf(setting, actions)).toEqual([])
    }),
    { numRuns, seed },
  )
  random.mockRestore()
}, 600_000)
