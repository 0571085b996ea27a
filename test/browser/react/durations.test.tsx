import { cleanup } from '@testing-library/react'
import {
  type Duration,
  Impression,
  useAttention,
  useDwell,
  useImpression,
  useReturnVisit,
  useScrollDepth,
  useSearchTracking,
} from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, expect, it, vi } from 'vitest'
import { plan } from './plan.ts'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const bad = '2 s' as unknown as Duration

it.each([
  ['useAttention', 'idle', () => useAttention({ idle: bad })],
  ['useDwell', 'dwell', () => useDwell({ name: 'hero', dwell: bad })],
  ['useImpression', 'dwell', () => useImpression({ name: 'hero', dwell: bad })],
  ['useReturnVisit', 'within', () => useReturnVisit({ within: bad })],
  ['useScrollDepth', 'read', () => useScrollDepth({ read: bad })],
  [
    'useSearchTracking',
    'settle',
    () => useSearchTracking({ name: 'docs', term: '', results: 0, settle: bad }),
  ],
] as const)('%s says that its %s is no duration', (hook, option, useIt) => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  function Wrong() {
    useIt()
    return null
  }
  expect(() => renderWithTracking(<Wrong />, { plan })).toThrow(
    `[RMC207] ${hook} has \`${option}: "2 s"\`, which is no duration.`,
  )
})

it('Impression says that its dwell is no duration', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const wrong = (
    <Impression name="hero" dwell={bad}>
      <p>Hero</p>
    </Impression>
  )
  expect(() => renderWithTracking(wrong, { plan })).toThrow(
    '[RMC207] <Impression name="hero"> has `dwell: "2 s"`, which is no duration.',
  )
})
