import { expect, test } from 'vitest'
import type { Concern } from '../../../src/devtools/health/concern.ts'
import { groupConcerns } from '../../../src/devtools/health/group-concerns.ts'

const concern = (id: string, tone: Concern['tone'], fix: string): Concern => ({
  id,
  tone,
  fix,
  title: id,
  evidence: [],
  attempts: [],
})

test('findings with one fix are one group, problems first', () => {
  const groups = groupConcerns([
    concern('a', 'note', 'x'),
    concern('b', 'problem', 'y'),
    concern('c', 'problem', 'x'),
    concern('d', 'problem', 'y'),
  ])
  expect(groups.map(({ tone, concerns }) => [tone, concerns.map(({ id }) => id).join()])).toEqual([
    ['problem', 'b,d'],
    ['problem', 'c'],
    ['note', 'a'],
  ])
})
