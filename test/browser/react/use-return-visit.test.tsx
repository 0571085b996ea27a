import { cleanup, configure } from '@testing-library/react'
import { type Duration, definePlan, standardEvents, useReturnVisit } from 'react-microconversions'
import { createManualPlatform, type ManualPlatform, renderWithTracking } from 'react-microconversions/testing'
import { afterEach, expect, it } from 'vitest'
import { soon } from './plan.ts'

configure({ reactStrictMode: true })
afterEach(cleanup)

const DAY_MS = 24 * 60 * 60_000
const plan = definePlan({
  name: 'visits',
  version: '1',
  events: { ...standardEvents.visits, ...standardEvents.navigation },
})

function Page({ within }: { within?: Duration }) {
  useReturnVisit({ within })
  return null
}

/** One page load: what it reports arrives, and is returned. */
async function visit(
  platform: ManualPlatform,
  options: { within?: Duration; consent?: 'pending' | 'denied' } = {},
) {
  const { within, ...more } = options
  const ui = within === undefined ? <Page /> : <Page within={within} />
  const tracking = renderWithTracking(ui, { plan, platform, ...more })
  await soon()
  const leave = async () => {
    await tracking.tracker.flush()
    tracking.tracker.dispose()
    tracking.unmount()
    return tracking.destination.events.flatMap(({ name, properties }) =>
      name === 'return_visit' ? [[name, properties]] : [],
    )
  }
  return { ...tracking, leave }
}

it('reports nothing at the first visit, then each visit once, with its number and the days since', async () => {
  const platform = createManualPlatform()
  expect(await (await visit(platform)).leave()).toEqual([])
  expect(await (await visit(platform.reload())).leave()).toEqual([])
  platform.advance(3 * DAY_MS)
  const second = platform.reload()
  expect(await (await visit(second)).leave()).toEqual([
    ['return_visit', { visit_number: 2, days_since_last: 3 }],
  ])
  expect(await (await visit(second.reload())).leave()).toEqual([])
  platform.advance(DAY_MS - 60_000)
  expect(await (await visit(platform.reload())).leave()).toEqual([
    ['return_visit', { visit_number: 3, days_since_last: 0 }],
  ])
})

it('counts only those who come back soon enough', async () => {
  const platform = createManualPlatform()
  await (await visit(platform)).leave()
  platform.advance(8 * DAY_MS)
  expect(await (await visit(platform.reload(), { within: '7d' })).leave()).toEqual([])
  platform.advance(7 * DAY_MS)
  expect(await (await visit(platform.reload(), { within: '7d' })).leave()).toHaveLength(1)
})

it('knows a visit that begins while the page is open', async () => {
  const platform = createManualPlatform()
  const tracking = await visit(platform)
  platform.advance(2 * DAY_MS)
  tracking.tracker.page()
  await soon()
  tracking.tracker.page()
  await soon()
  expect(await tracking.leave()).toEqual([['return_visit', { visit_number: 2, days_since_last: 2 }]])
})

it('is silent until the user permits storage, and for ever where that is denied', async () => {
  const platform = createManualPlatform()
  await (await visit(platform)).leave()
  platform.advance(2 * DAY_MS)
  const again = await visit(platform.reload(), { consent: 'pending' })
  expect(again.decisions()).toEqual([])
  again.tracker.consent.update('granted')
  await soon()
  expect(await again.leave()).toEqual([['return_visit', { visit_number: 2, days_since_last: 2 }]])
  platform.advance(2 * DAY_MS)
  const denied = await visit(platform.reload(), { consent: 'denied' })
  expect(denied.decisions()).toEqual([])
  expect(await denied.leave()).toEqual([])
})
