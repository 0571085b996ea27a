import { cleanup, configure } from '@testing-library/react'
import { Activity, type ReactElement } from 'react'
import { definePlan, event, standardEvents, typed, usePage, useScrollDepth } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { page } from 'vitest/browser'
import { scrollTo } from '../../support/scroll-to.ts'

configure({ reactStrictMode: true })

const plan = definePlan({
  name: 'scrolling',
  version: '1',
  events: {
    ...standardEvents.scroll,
    article_read: event({ properties: typed<{ percent_scrolled: number; topic: string }>() }),
  },
})

beforeEach(() => page.viewport(400, 400))
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const render = (ui: ReactElement) => renderWithTracking(ui, { plan })
type Tracking = ReturnType<typeof render>

async function arrived({ tracker, destination }: Tracking) {
  await tracker.flush()
  return destination.events.map(
    ({ name, trigger, page: { number } }) => `${name} ${trigger.factKey} ${number}`,
  )
}

/** Always a new gesture: wheels that follow each other within 50 ms are one. */
const act = () => document.dispatchEvent(new Event('pointerdown'))

function Article({ path = '/a', marks = [50, 90] }: { path?: string; marks?: number[] }) {
  usePage({ pathname: path })
  useScrollDepth({ marks })
  return <div style={{ height: 4_000 }} />
}

it('reports the page, each mark once, under StrictMode and with lists written inline', async () => {
  const tracking = render(<Article marks={[50, 90]} />)
  act()
  await scrollTo(1_700)
  tracking.rerender(<Article marks={[50, 90]} />)
  await scrollTo(3_600)
  expect(await arrived(tracking)).toEqual(['scroll page:50 1', 'scroll page:90 1'])
  expect(tracking.decisions()).toHaveLength(2)
  expect(tracking.decisions()[0]).toMatchObject({
    properties: { percent_scrolled: 50, scroll_name: 'page' },
    trigger: { component: 'ScrollDepth', fact: 'depth' },
  })
})

it('begins anew on another page: neither the old position nor the way back to the top is reading', async () => {
  const tracking = render(<Article />)
  act()
  await scrollTo(3_600)
  tracking.rerender(<Article path="/b" />)
  await scrollTo(0)
  expect(await arrived(tracking)).toEqual(['scroll page:50 1', 'scroll page:90 1'])
  act()
  await scrollTo(1_700)
  expect((await arrived(tracking)).slice(2)).toEqual(['scroll page:50 2'])
})

it('counts nothing of another page: a wheel that goes on, and a router that scrolls to the top later', async () => {
  const tracking = render(<Article marks={[25, 50, 75, 90]} />)
  act()
  await scrollTo(3_600)
  const before = await arrived(tracking)
  tracking.rerender(<Article path="/b" marks={[25, 50, 75, 90]} />)
  act()
  await scrollTo(3_500)
  await new Promise((done) => setTimeout(done, 150))
  await scrollTo(0)
  expect(await arrived(tracking)).toEqual(before)
  document.dispatchEvent(new Event('pointerdown'))
  await scrollTo(1_700)
  expect((await arrived(tracking)).slice(before.length)).toEqual(['scroll page:25 2', 'scroll page:50 2'])
})

it('says once which element may be the page of an app shell, and follows the content that has the ref', async () => {
  const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
  function Shell({ withRef }: { withRef: boolean }) {
    const ref = useScrollDepth()
    return (
      <div id="shell" data-testid="shell" style={{ height: 100, overflow: 'auto' }}>
        <article ref={withRef ? ref : undefined} style={{ height: 2_000 }} />
      </div>
    )
  }
  const tracking = render(<Shell withRef={false} />)
  const shell = () => page.getByTestId('shell').element()
  act()
  for (const y of [500, 1_000, 0]) await scrollTo(y, shell())
  expect(tracking.decisions()).toEqual([])
  expect(complain.mock.calls).toEqual([[expect.stringMatching(/^\[RMC320\].*<div#shell>/)]])
  tracking.unmount()
  const followed = render(<Shell withRef />)
  document.dispatchEvent(new Event('pointerdown'))
  await scrollTo(1_000, shell())
  expect(await arrived(followed)).toEqual(['scroll page:25 1', 'scroll page:50 1'])
})

it('goes on after Activity has hidden it, and not on the pages between', async () => {
  const ui = (hidden: boolean) => (
    <>
      <Activity mode={hidden ? 'hidden' : 'visible'}>
        <Article />
      </Activity>
      <div style={{ height: 4_000 }} />
    </>
  )
  const tracking = render(ui(false))
  act()
  tracking.rerender(ui(true))
  await scrollTo(3_600)
  expect(tracking.decisions()).toEqual([])
  tracking.rerender(ui(false))
  await scrollTo(0)
  act()
  await scrollTo(4_000)
  expect(await arrived(tracking)).toEqual(['scroll page:50 1'])
})

it('is the container that its ref is put on, under its own events', async () => {
  function Terms() {
    const ref = useScrollDepth({
      name: 'terms',
      marks: [90],
      properties: { topic: 'law' },
      events: { depth: 'article_read' },
    })
    return (
      <div ref={ref} data-testid="terms" style={{ height: 100, overflow: 'auto' }}>
        <div style={{ height: 1_000 }} />
      </div>
    )
  }
  const tracking = render(
    <>
      <Terms />
      <div style={{ height: 4_000 }} />
    </>,
  )
  act()
  await scrollTo(4_000)
  expect(tracking.decisions()).toEqual([])
  await scrollTo(900, page.getByTestId('terms').element())
  expect(tracking.decisions()).toMatchObject([
    { event: 'article_read', properties: { percent_scrolled: 90, topic: 'law' } },
  ])
  expect(tracking.container.innerHTML.match(/<div/g)).toHaveLength(3)
})

it('counts for a container only what was scrolled there, also where it came late', async () => {
  function Terms({ loaded }: { loaded: boolean }) {
    const ref = useScrollDepth({ marks: [90] })
    return loaded ? (
      <div ref={ref} data-testid="terms" style={{ height: 100, overflow: 'auto' }}>
        <div style={{ height: 1_000 }} />
      </div>
    ) : (
      <p>Loading</p>
    )
  }
  const ui = (loaded: boolean) => (
    <>
      <Terms loaded={loaded} />
      <div style={{ height: 4_000 }} />
    </>
  )
  const tracking = render(ui(false))
  act()
  await scrollTo(1_500)
  tracking.rerender(ui(true))
  const terms = page.getByTestId('terms').element()
  await scrollTo(250, terms)
  expect(tracking.decisions()).toEqual([])
  act()
  await scrollTo(800, terms)
  expect(await arrived(tracking)).toEqual(['scroll page:90 1'])
})

it('says once which mark can never be passed', () => {
  const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
  const ui = <Article marks={[0, 50, 101]} />
  render(ui).rerender(ui)
  expect(complain.mock.calls.map(([message]) => String(message).slice(0, 9))).toEqual([
    '[RMC205] ',
    '[RMC205] ',
  ])
})

it('a listener that throws is no error of the page: the record says what is not observed', async () => {
  const uncaught = vi.fn((event: ErrorEvent) => event.preventDefault())
  window.addEventListener('error', uncaught)
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'error').mockImplementation(() => {})
  function Content() {
    return <div ref={useScrollDepth({ name: 'article' })} data-testid="content" style={{ height: 4_000 }} />
  }
  const { tracker } = render(<Content />)
  page.getByTestId('content').element().getBoundingClientRect = () => {
    throw new Error('no box')
  }
  act()
  await scrollTo(1_700)
  window.removeEventListener('error', uncaught)
  expect(uncaught).not.toHaveBeenCalled()
  expect(tracker.record.get().unobserved).toEqual({ 'ScrollDepth article': 'no box' })
})
