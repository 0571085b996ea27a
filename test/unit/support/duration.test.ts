import { consentModeDefault } from 'react-microconversions/consent'
import { createTracker, type Duration, definePlan } from 'react-microconversions/core'
import { createManualPlatform } from 'react-microconversions/testing'
import { expect, test } from 'vitest'
import { durationMs, msOr } from '../../../src/support/duration.ts'

test.each([
  ['500ms', 500],
  ['0s', 0],
  ['1.5s', 1_500],
  ['2min', 120_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
] as const)('%s is %i ms', (text, ms) => {
  expect(durationMs(text)).toBe(ms)
  expect(msOr(1, text)).toBe(ms)
})

test.each(['', '5', '5m', 's', '-1s', '1 s', '1s ', '1e3s', 'Infinitys', 5_000])(
  '%j is no duration',
  (text) => {
    expect(durationMs(text as string)).toBeNaN()
    expect(msOr(70, text as Duration)).toBe(70)
  },
)

const bad = '30 minutes' as unknown as Duration

test('a tracker and the default of Consent Mode say which option is no duration', () => {
  const platform = createManualPlatform()
  const plan = definePlan({ name: 'acme', version: '1', events: {} })
  expect(() => createTracker({ plan, platform, session: { idle: bad } })).toThrow(
    /^\[RMC207\] `session` of createTracker has `idle: "30 minutes"`, which is no duration\. Write one like '500ms'/,
  )
  expect(() => createTracker({ plan, platform, session: { max: 24 as unknown as Duration } })).toThrow(
    '`max: 24`',
  )
  expect(() => consentModeDefault({ waitForUpdate: bad })).toThrow(/^\[RMC207\] consentModeDefault/)
})
