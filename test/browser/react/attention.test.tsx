import { cleanup, configure } from '@testing-library/react'
import { Activity, type ReactElement } from 'react'
import { type Duration, definePlan, standardEvents, useAttention, usePage } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

configure({ reactStrictMode: true })

const plan = definePlan({ name: 'attention', version: '1', events: { ...standardEvents.attention } })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const render = (ui: ReactElement) => renderWithTracking(ui, { plan })

async function attend(seconds: number) {
  await new Promise((done) => setTimeout(done))
  for (let second = 0; second < seconds; second++) {
    vi.advanceTimersByTime(1_000)
    document.dispatchEvent(new Event('pointermove'))
  }
}

function Article({ path, marks }: { path: string; marks?: Duration[] }) {
  usePage({ pathname: path })
  useAttention({ marks })
  return null
}

it('reports marks once, with time of the page that it was spent on', async () => {
  const tracking = render(<Article path="/a" />)
  await tracking.tracker.flush()
  await attend(100)
  tracking.rerender(<Article path="/b" />)
  await attend(29)
  tracking.rerender(<Article path="/b" />)
  await attend(1)
  await tracking.tracker.flush()
  expect(tracking.decisions()).toHaveLength(2)
  expect(
    tracking.destination.events.map(({ name, trigger, page, properties }) => [
      name,
      trigger.factKey,
      page.number,
      properties['attention_seconds'],
    ]),
  ).toEqual([
    ['attention_reached', 'page:30s', 1, 30],
    ['attention_reached', 'page:30s', 2, 30],
  ])
})

it('counts nothing while Activity hides it, and goes on afterwards', async () => {
  const ui = (hidden: boolean) => (
    <Activity mode={hidden ? 'hidden' : 'visible'}>
      <Article path="/a" />
    </Activity>
  )
  const tracking = render(ui(false))
  await attend(20)
  tracking.rerender(ui(true))
  await attend(60)
  expect(tracking.decisions()).toEqual([])
  tracking.rerender(ui(false))
  await attend(10)
  expect(tracking.decisions()).toMatchObject([
    { properties: { attention_mark: '30s', attention_seconds: 30 } },
  ])
})

it('says once which mark can never be passed', () => {
  const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
  const ui = <Article path="/a" marks={['0s', '1min', 'xs' as '1s']} />
  render(ui).rerender(ui)
  expect(complain.mock.calls.map(([message]) => String(message).slice(0, 9))).toEqual([
    '[RMC205] ',
    '[RMC205] ',
  ])
})
