import { cleanup, configure } from '@testing-library/react'
import { type ReactElement, useEffect } from 'react'
import { definePlan, standardEvents, useChecklist } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { soon } from './plan.ts'

configure({ reactStrictMode: true })
afterEach(cleanup)

const plan = definePlan({ name: 'saas', version: '1', events: standardEvents.onboarding })
const items = ['project_created', 'teammate_invited', 'tool_integrated'] as const
type Item = (typeof items)[number]

function Step({ item, completed = [] }: { item: Item; completed?: readonly Item[] }) {
  const { complete } = useChecklist({ name: 'setup', items, completed })
  return (
    <button type="button" onClick={() => complete(item)}>
      {item}
    </button>
  )
}

const render = (ui: ReactElement, options = {}) => renderWithTracking(ui, { plan, ...options })
const click = (item: Item) => userEvent.click(page.getByRole('button', { name: item }))
const told = ({ decisions }: Pick<ReturnType<typeof render>, 'decisions'>) =>
  decisions().map(({ event, outcome, properties }) => {
    const { item_name = '', items_completed, items_total, progress_percent } = properties ?? {}
    return `${event} ${item_name} ${items_completed}/${items_total} ${progress_percent}% ${outcome}`
  })

it('reports each item with the progress, from any part of the page, and then the checklist', async () => {
  const tracking = render(items.map((item) => <Step key={item} item={item} />) as unknown as ReactElement)
  await click('project_created')
  await click('project_created')
  await click('tool_integrated')
  await click('teammate_invited')
  await tracking.tracker.flush()
  expect(told(tracking)).toEqual([
    'checklist_item_completed project_created 1/3 33% fired',
    'checklist_item_completed project_created 1/3 33% dropped',
    'checklist_item_completed tool_integrated 2/3 67% fired',
    'checklist_item_completed teammate_invited 3/3 100% fired',
    'checklist_completed  3/3 100% fired',
  ])
  expect(tracking.destination.events).toHaveLength(4)
})

it('is once per user, over page loads, and progress goes on from what your data says', async () => {
  const first = render(<Step item="project_created" />)
  await click('project_created')
  await first.tracker.flush()
  first.tracker.dispose()
  first.unmount()
  const platform = first.platform.reload()
  const next = render(
    <>
      <Step item="project_created" completed={['project_created', 'tool_integrated']} />
      <Step item="teammate_invited" completed={['project_created', 'tool_integrated']} />
    </>,
    { platform },
  )
  await soon()
  await click('project_created')
  await click('teammate_invited')
  expect(told(next)).toEqual([
    'checklist_item_completed project_created 2/3 67% dropped',
    'checklist_item_completed teammate_invited 3/3 100% fired',
    'checklist_completed  3/3 100% fired',
  ])
})

it('forgets the progress of the person before', async () => {
  const tracking = render(
    <>
      <Step item="project_created" />
      <Step item="teammate_invited" />
    </>,
  )
  await click('project_created')
  tracking.tracker.reset()
  await click('teammate_invited')
  expect(told(tracking).at(-1)).toBe('checklist_item_completed teammate_invited 1/3 33% fired')
})

it('may be called in an effect', async () => {
  function Invited() {
    const { complete } = useChecklist({ name: 'setup', items })
    useEffect(() => complete('teammate_invited'), [complete])
    return null
  }
  const tracking = render(<Invited />)
  tracking.rerender(<Invited key="again" />)
  await tracking.tracker.flush()
  expect(tracking.destination.events).toHaveLength(1)
})

it('says what to write to a developer who gives the name alone', () => {
  const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => complain.mockRestore())
  const Setup = () => void useChecklist('setup' as unknown as Parameters<typeof useChecklist>[0]) as undefined
  expect(() => render(<Setup />)).toThrow(
    '[RMC206] useChecklist takes one object, and was given "setup". Write `useChecklist({ name, items, … })`.',
  )
})
