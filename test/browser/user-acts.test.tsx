import { cleanup } from '@testing-library/react'
import { definePlan, Impression, standardEvents, useScrollDepth } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import 'react-microconversions/testing/vitest-4'
import { afterEach, expect, test } from 'vitest'

const plan = definePlan({
  name: 'acts-in-browser',
  version: '1',
  events: { ...standardEvents.visibility, ...standardEvents.scroll },
})

function Article() {
  useScrollDepth()
  return (
    <>
      <div style={{ height: '3000px' }}>Long</div>
      <Impression name="end">
        <p style={{ height: '120px' }}>End</p>
      </Impression>
      <div style={{ height: '3000px' }}>Longer</div>
    </>
  )
}

afterEach(() => {
  cleanup()
  window.scrollTo(0, 0)
})

test('a browser keeps its observer, and the page is scrolled to what is seen', async () => {
  const tracking = renderWithTracking(<Article />, { plan })
  expect(tracking).not.toHaveFired('element_viewed')
  await tracking.see(tracking.getByText('End'))
  await expect.poll(() => tracking.decisions().map(({ event }) => event)).toContain('element_viewed')
  expect(window.scrollY).toBeGreaterThan(1_000)
})

test('of an element that is seen in part, that part is in view', async () => {
  const tracking = renderWithTracking(<Article />, { plan })
  const end = tracking.getByText('End')
  await tracking.see(end, { ratio: 0.25 })
  expect(window.innerHeight - end.getBoundingClientRect().top).toBeCloseTo(end.offsetHeight / 4, -1)
  expect(tracking).not.toHaveFired('element_viewed')
  await tracking.see(end)
  await expect.poll(() => tracking.decisions().map(({ event }) => event)).toContain('element_viewed')
  await expect(tracking.see(tracking.getByText('Long'), { ratio: 0.001 })).rejects.toThrow(
    'cannot be scrolled so that 0.1 % of the element is in view: ',
  )
})

test('a user scrolls the real page', async () => {
  const tracking = renderWithTracking(<Article />, { plan })
  await tracking.scrollTo(0.6)
  await expect.poll(() => tracking.decisions().length).toBe(2)
  expect(tracking).toHaveFired('scroll', { percent_scrolled: 25 })
  expect(tracking).toHaveFired('scroll', { percent_scrolled: 50 })
})
