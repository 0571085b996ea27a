import { cleanup, configure, render } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import {
  definePlan,
  event,
  journey,
  MicroconversionProvider,
  type Tracker,
  useFunnel,
  useIntent,
  useOccurred,
} from 'react-microconversions'
import { createManualPlatform, createTestTracker } from 'react-microconversions/testing'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { soon } from './plan.ts'

configure({ reactStrictMode: true })
afterEach(cleanup)

const plan = definePlan({
  name: 'journey',
  version: '1',
  events: {
    pricing_viewed: event({ intent: 'medium' }),
    demo_opened: event({ intent: 'high' }),
    demo_booked: event({}),
    page_read: event({}),
  },
  funnels: { demo: { steps: ['pricing_viewed', 'demo_opened', 'demo_booked'], within: '1d' } },
})

const renders = { funnel: 0, intent: 0, occurred: 0 }

function Funnel() {
  renders.funnel++
  const { current, next, completed, expired, steps } = useFunnel('demo')
  const [, second] = steps
  const state = completed ? 'completed' : expired ? 'expired' : 'open'
  return <p>{`funnel ${current} ${next ?? 'end'} ${state} ${second?.betweenMs ?? '-'}`}</p>
}

function Intent() {
  renders.intent++
  const { score, level } = useIntent()
  return <p>{`intent ${score} ${level}`}</p>
}

function Occurred({ name = 'page_read' }: { name?: 'page_read' | 'demo_booked' }) {
  renders.occurred++
  const lately = useOccurred({ event: name, within: '1min' })
  const twice = useOccurred({ event: name, times: 2, within: 'session' })
  return <p>{`occurred ${lately} ${twice}`}</p>
}

const all = (
  <>
    <Funnel />
    <Intent />
    <Occurred />
  </>
)

function open(options: Parameters<typeof createTestTracker<typeof plan>>[1] = {}) {
  const tracking = createTestTracker(plan, { plugins: [journey()], ...options })
  onTestFinished(() => tracking.tracker.dispose())
  return tracking
}
const within = (tracker: Tracker<typeof plan>, ui: ReactNode = all) => (
  <MicroconversionProvider tracker={tracker}>{ui}</MicroconversionProvider>
)
const lines = (container: Element) => [...container.querySelectorAll('p')].map((each) => each.textContent)
const nothing = ['funnel -1 pricing_viewed open -', 'intent 0 none', 'occurred false false']

it('shows what came before as it comes, each hook by what concerns it alone', async () => {
  const { tracker, platform } = open()
  const { container } = render(within(tracker))
  await soon()
  expect(lines(container)).toEqual(nothing)

  const before = { ...renders }
  tracker.track('page_read')
  await soon()
  expect(lines(container)[2]).toBe('occurred true false')
  expect(renders).toMatchObject({ funnel: before.funnel, intent: before.intent })
  const read = { ...renders }
  tracker.track('page_read')
  tracker.track('page_read')
  await soon()
  expect(lines(container)[2]).toBe('occurred true true')
  expect(renders.occurred).toBeGreaterThan(read.occurred)

  const twice = { ...renders }
  tracker.track('pricing_viewed')
  await soon()
  platform.advance(5_000)
  tracker.track('demo_opened')
  await soon()
  expect(lines(container).slice(0, 2)).toEqual(['funnel 1 demo_booked open 5000', 'intent 70 high'])
  expect(renders.occurred).toBe(twice.occurred)
  tracker.track('demo_booked')
  await soon()
  expect(lines(container)[0]).toBe('funnel 2 end completed 5000')
})

it('knows that time passes: an answer ends, intent fades, a funnel expires', async () => {
  const { tracker, platform } = open()
  const { container } = render(within(tracker))
  await soon()
  for (const name of ['page_read', 'pricing_viewed'] as const) tracker.track(name)
  await soon()
  expect(lines(container)).toEqual(['funnel 0 demo_opened open -', 'intent 26 medium', 'occurred true false'])
  platform.advance(70_000)
  await soon()
  expect(lines(container)[2]).toBe('occurred false false')
  platform.advance(2 * 24 * 60 * 60_000)
  await soon()
  expect(lines(container).slice(0, 2)).toEqual(['funnel 0 pricing_viewed expired -', 'intent 7 low'])
})

it('takes over the markup of a server without a word, then shows what storage remembers', async () => {
  const complain = vi.spyOn(console, 'error')
  onTestFinished(() => complain.mockRestore())
  const platform = createManualPlatform()
  const earlier = open({ platform })
  await soon()
  for (const name of ['pricing_viewed', 'page_read'] as const) earlier.tracker.track(name)
  await earlier.tracker.flush()
  earlier.tracker.dispose()
  platform.advance(2_000)

  const html = renderToString(within(open({ consent: 'denied' }).tracker))
  const container = document.createElement('div')
  container.innerHTML = html
  expect(lines(container)).toEqual(nothing)
  const seen: (readonly (string | null)[])[] = []
  const { tracker } = open({ platform: platform.reload() })
  await soon()
  const recovered = vi.fn()
  const root = hydrateRoot(container, <StrictMode>{within(tracker)}</StrictMode>, {
    onRecoverableError: recovered,
  })
  onTestFinished(() => root.unmount())
  seen.push(lines(container))
  await soon()
  seen.push(lines(container))
  expect(seen).toEqual([nothing, ['funnel 0 demo_opened open -', 'intent 26 medium', 'occurred true false']])
  expect(recovered).not.toHaveBeenCalled()
  expect(complain.mock.calls).toEqual([])
})

it('without consent knows the page in view, and nothing beyond it', async () => {
  const platform = createManualPlatform()
  const first = open({ platform, consent: 'pending' })
  const shown = render(within(first.tracker))
  first.tracker.track('pricing_viewed')
  await soon()
  expect(lines(shown.container)[0]).toBe('funnel 0 demo_opened open -')
  expect(platform.stored()).toEqual({})
  shown.unmount()
  first.tracker.dispose()
  const next = open({ platform: platform.reload(), consent: 'pending' })
  const { container } = render(within(next.tracker))
  await soon()
  expect(lines(container)).toEqual(nothing)
})

it('forgets with a withdrawal and with a reset', async () => {
  const { tracker } = open()
  const { container } = render(within(tracker))
  await soon()
  for (const forget of [() => tracker.reset(), () => tracker.consent.update('denied')]) {
    tracker.track('demo_opened')
    await soon()
    expect(lines(container)[1]).toBe('intent 59 high')
    forget()
    await soon()
    expect(lines(container)[1]).toBe('intent 0 none')
  }
})

it('another tracker, or another name, is another history', async () => {
  const [one, other] = [open(), open()]
  one.tracker.track('page_read')
  await soon()
  const { container, rerender } = render(within(one.tracker))
  await soon()
  expect(lines(container)[2]).toBe('occurred true false')
  rerender(within(one.tracker, <Occurred name="demo_booked" />))
  expect(lines(container)).toEqual(['occurred false false'])
  rerender(within(other.tracker))
  expect(lines(container)).toEqual(nothing)
})

it('says in development that the tracker remembers nothing, and that a name is unknown', async () => {
  const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => complain.mockRestore())
  const { tracker } = open({ plugins: [] })
  const { container } = render(within(tracker))
  expect(lines(container)).toEqual(nothing)
  const said = () => complain.mock.calls.map(([message]) => String(message))
  expect(said().some((message) => message.startsWith('[RMC221] useFunnel looks'))).toBe(true)

  function Misspelt() {
    const funnel = useFunnel('demos' as never)
    useOccurred({ event: 'page_red' as never })
    return <p>{`${funnel.steps.length} ${funnel.completed}`}</p>
  }
  const shown = render(within(open().tracker, <Misspelt />))
  expect(lines(shown.container)).toEqual(['0 false'])
  expect(said().filter((message) => message.startsWith('[RMC222]'))).toEqual([
    expect.stringContaining('"demos"'),
    expect.stringContaining('"page_red"'),
  ])
})

it('says what to write to a developer who gives useOccurred the name alone', () => {
  const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => complain.mockRestore())
  const Seen = () => <p>{String(useOccurred('page_read' as never))}</p>
  expect(() => render(within(open().tracker, <Seen />))).toThrow(
    '[RMC206] useOccurred takes one object, and was given "page_read". Write `useOccurred({ event, within, … })`.',
  )
})
