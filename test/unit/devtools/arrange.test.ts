import { expect, test } from 'vitest'
import { arrange, noWish, valuesOf } from '../../../src/devtools/plan/arrange.ts'
import type { CoverageState, EventCoverage } from '../../../src/plan/coverage/coverage.ts'

const found = (name: string, state: CoverageState, event = {}, fired = 0) =>
  ({ name, state, event, outcomes: { fired } }) as unknown as EventCoverage

const events = [
  found('demo_booked', 'seen', { stage: 'intent', owner: 'sales', description: 'A demo in the calendar' }, 2),
  found('page_view', 'seen', { stage: 'awareness' }, 9),
  found('chat_opened', 'dormant', { owner: 'support' }),
  found('tour_tried', 'missing', { stage: 'awareness', owner: 'web' }),
]
const names = (wish: Partial<typeof noWish>) =>
  arrange(events, { ...noWish, ...wish }).map(({ name }) => name)

test.each([
  ['what never fired first, drafts last', {}, ['tour_tried', 'demo_booked', 'page_view', 'chat_opened']],
  ['by name', { order: 'name' }, ['chat_opened', 'demo_booked', 'page_view', 'tour_tried']],
  [
    'by stage, those without last',
    { order: 'stage' },
    ['page_view', 'tour_tried', 'demo_booked', 'chat_opened'],
  ],
  ['by owner', { order: 'owner' }, ['demo_booked', 'chat_opened', 'tour_tried', 'page_view']],
  ['most fired', { order: 'fired' }, ['page_view', 'demo_booked', 'chat_opened', 'tour_tried']],
  ['words of a description', { search: 'Calendar demo' }, ['demo_booked']],
  ['an owner', { owner: 'web' }, ['tour_tried']],
  ['a stage', { stage: 'awareness' }, ['tour_tried', 'page_view']],
] as const)('%s', (_, wish, expected) => {
  expect(names(wish)).toEqual(expected)
})

test('offers the owners and stages of the plan, each once', () => {
  expect(valuesOf(events, 'owner')).toEqual(['sales', 'support', 'web'])
  expect(valuesOf(events, 'stage')).toEqual(['awareness', 'intent'])
})
