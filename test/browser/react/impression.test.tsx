import { cleanup, configure } from '@testing-library/react'
import { Activity, type CSSProperties, createRef, Profiler, type ReactElement } from 'react'
import {
  definePlan,
  event,
  Impression,
  standardEvents,
  typed,
  useDwell,
  useImpression,
  usePage,
} from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { page } from 'vitest/browser'

configure({ reactStrictMode: true })

const plan = definePlan({
  name: 'impressions',
  version: '1',
  events: {
    ...standardEvents.visibility,
    pricing_seen: event({ properties: typed<{ element_name: string; tier?: string; place?: string }>() }),
  },
})

beforeEach(async () => {
  await page.viewport(400, 400)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const render = (ui: ReactElement) => renderWithTracking(ui, { plan })
type Tracking = ReturnType<typeof render>

/** What arrived: the event, and what tells it apart. */
async function arrived({ tracker, destination }: Tracking) {
  await tracker.flush()
  return destination.events.map(
    ({ name, trigger, page: { number } }) => `${name} ${trigger.factKey} ${number}`,
  )
}

async function look(ms = 1_000) {
  for (let frame = 0; frame < 4; frame++) await new Promise((done) => requestAnimationFrame(done))
  vi.advanceTimersByTime(ms)
}

it('adds no element, and fills the refs of the child and its own', async () => {
  const own = createRef<HTMLElement>()
  const outer = createRef<Element>()
  const tracking = render(
    <Impression name="pricing" ref={outer}>
      <section ref={own} className="pricing">
        Pricing
      </section>
    </Impression>,
  )
  expect(tracking.container.innerHTML).toBe('<section class="pricing">Pricing</section>')
  expect(own.current).toBe(tracking.container.firstChild)
  expect(outer.current).toBe(own.current)
  await look()
  expect(await arrived(tracking)).toEqual(['element_viewed pricing 1'])
  expect(tracking.decisions()[0]).toMatchObject({
    outcome: 'fired',
    properties: { element_name: 'pricing', visible_ratio: 1, visible_seconds: 1 },
    trigger: { component: 'Impression', fact: 'impression', fromEffect: true },
  })
})

it('calls no ref again, and observes nothing anew, when it is rendered with other properties', async () => {
  const calls: string[] = []
  const note = (name: string) => (element: Element | null) =>
    void calls.push(`${name} ${element?.localName ?? 'empty'}`)
  const [own, outer] = [note('own'), note('outer')]
  const ui = (place: string, shown = true) => (
    <Activity mode={shown ? 'visible' : 'hidden'}>
      <Impression name="pricing" properties={{ place }} ref={outer}>
        <p ref={own}>Pricing</p>
      </Impression>
    </Activity>
  )
  const tracking = render(ui('home'))
  const observe = vi.spyOn(IntersectionObserver.prototype, 'observe')
  calls.splice(0)
  for (const place of ['start', 'footer']) tracking.rerender(ui(place))
  await look()
  expect(calls).toEqual([])
  expect(observe).not.toHaveBeenCalled()
  expect(tracking.decisions()).toMatchObject([{ properties: { place: 'footer' } }])
  tracking.rerender(ui('footer', false))
  expect(calls.sort()).toEqual(['outer empty', 'own empty'])
  tracking.rerender(ui('header'))
  // StrictMode attaches twice what is shown again.
  expect(calls.splice(0).slice(-2).sort()).toEqual(['outer p', 'own p'])
  tracking.unmount()
  expect(calls.sort()).toEqual(['outer empty', 'own empty'])
})

it('takes a function, and an impression inside of an impression', async () => {
  const tracking = render(
    <Impression name="outer">
      <Impression name="inner">{({ ref }) => <p ref={ref as never}>Hello</p>}</Impression>
    </Impression>,
  )
  expect(tracking.container.innerHTML).toBe('<p>Hello</p>')
  await look()
  expect((await arrived(tracking)).sort()).toEqual(['element_viewed inner 1', 'element_viewed outer 1'])
})

it('is not seen while a style hides it, nor does it dwell', async () => {
  function Shown({ style }: { readonly style: CSSProperties }) {
    const ref = useDwell({ name: 'dwell' })
    return (
      <div style={style}>
        <Impression name="plain">
          <p>Plain</p>
        </Impression>
        <Impression name="clear" unobstructed>
          <p>Clear</p>
        </Impression>
        <p ref={ref}>Dwell</p>
      </div>
    )
  }
  const tracking = render(<Shown style={{ opacity: 0 }} />)
  await look(5_000)
  tracking.rerender(<Shown style={{ visibility: 'hidden' }} />)
  await look(5_000)
  tracking.tracker.page({ path: '/second' })
  expect(tracking.decisions().map(({ event }) => event)).toEqual([])
  tracking.rerender(<Shown style={{}} />)
  await look(500)
  await look(1_000)
  tracking.tracker.page({ path: '/third' })
  expect(new Set(tracking.decisions().map(({ trigger }) => trigger.factKey))).toEqual(
    new Set(['plain', 'clear', 'dwell']),
  )
})

it('says what is wrong with several children', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const wrong = 'text' as unknown as ReactElement
  expect(() => render(<Impression name="a">{wrong}</Impression>)).toThrow('RMC203')
})

it('says once which share can never be reached', () => {
  const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
  const ui = (
    <>
      <Impression name="percent" visibleRatio={50}>
        <p>Half</p>
      </Impression>
      <Impression name="all" visibleRatio={1}>
        <p>All</p>
      </Impression>
    </>
  )
  render(ui).rerender(ui)
  expect(complain.mock.calls.map(([message]) => String(message))).toEqual([
    expect.stringContaining(
      '[RMC205] The element "percent" has the `visibleRatio` 50, which it can never reach. Use a share from 0 to 1: 0.5 is half.',
    ),
  ])
})

it('counts once on a page without a rule too: mounted again, or hidden by Activity in between', async () => {
  const ui = (key: string, hidden = false) => (
    <Activity mode={hidden ? 'hidden' : 'visible'}>
      <Impression
        key={key}
        name="pricing"
        properties={{ place: 'home' }}
        events={{ impression: { event: 'pricing_seen', properties: { tier: 'pro' } } }}
      >
        <p>Pricing</p>
      </Impression>
    </Activity>
  )
  const tracking = render(ui('a'))
  await look()
  tracking.rerender(ui('a', true))
  await look()
  tracking.rerender(ui('a'))
  await look()
  expect(tracking.decisions()).toMatchObject([
    { outcome: 'fired', properties: { element_name: 'pricing', tier: 'pro', place: 'home' } },
  ])
  tracking.rerender(ui('b'))
  await look()
  expect(tracking.decisions()).toMatchObject([
    { outcome: 'fired' },
    { outcome: 'dropped', reason: 'repeated' },
  ])
})

const block = { width: 100, height: 100 }
it.each<[string, boolean, CSSProperties, CSSProperties]>([
  ['its child floats', true, {}, { ...block, float: 'left' }],
  ['its child is positioned', true, {}, { ...block, position: 'absolute' }],
  ['it hides what overflows', false, { height: 0, overflow: 'hidden' }, block],
  ['it is scaled to nothing', false, { ...block, transform: 'scale(0)' }, block],
  ['it is not displayed', false, { display: 'none' }, block],
])('whose own box is empty is seen by its children: %s', async (_, isSeen, outer, inner) => {
  const tracking = render(
    <Impression name="hero">
      <div style={outer}>
        <p style={inner}>Go</p>
      </div>
    </Impression>,
  )
  await look()
  await look()
  expect(await arrived(tracking)).toEqual(isSeen ? ['element_viewed hero 1'] : [])
})

it('of a link ends without an error when the link is removed', async () => {
  const tracking = render(
    <Impression name="hero">
      <a href="https://example.com/">Go</a>
    </Impression>,
  )
  await look(100)
  tracking.rerender(<p>gone</p>)
  await look()
  expect(tracking.tracker.record.get().unobserved).toBeUndefined()
})

it('is another impression on another page, also of what stays in view', async () => {
  function App({ path }: { path: string }) {
    usePage({ pathname: path })
    return (
      <Impression name="banner">
        <p>Banner</p>
      </Impression>
    )
  }
  const tracking = render(<App path="/a" />)
  await look()
  await tracking.tracker.flush()
  tracking.rerender(<App path="/b" />)
  await look(999)
  expect(await arrived(tracking)).toEqual(['element_viewed banner 1'])
  await look(1)
  expect(await arrived(tracking)).toEqual(['element_viewed banner 1', 'element_viewed banner 2'])
})

it('follows a row that is recycled for another item', async () => {
  function Row({ id }: { id: string }) {
    const ref = useImpression({ name: 'product', itemKey: id })
    return <p ref={ref}>{id}</p>
  }
  const tracking = render(<Row id="1" />)
  await look()
  tracking.rerender(<Row id="2" />)
  await look(999)
  expect(await arrived(tracking)).toEqual(['element_viewed product:1 1'])
  await look(1)
  expect(await arrived(tracking)).toEqual(['element_viewed product:1 1', 'element_viewed product:2 1'])
})

it('tells dwell on the page where it was spent, of the item that was seen', async () => {
  function Offer({ id }: { id: string }) {
    const ref = useDwell({ name: 'offer', itemKey: id, properties: { id } })
    return <p ref={ref}>Offer</p>
  }
  function App({ path, id }: { path: string; id: string }) {
    usePage({ pathname: path })
    return path === '/c' ? null : <Offer id={id} />
  }
  const tracking = render(<App path="/a" id="1" />)
  await tracking.tracker.flush()
  await look(3_000)
  tracking.rerender(<App path="/a" id="2" />)
  await look(5_000)
  tracking.rerender(<App path="/b" id="2" />)
  await tracking.tracker.flush()
  await look(2_000)
  tracking.rerender(<App path="/c" id="2" />)
  await look()
  expect(await arrived(tracking)).toEqual([
    'element_dwelled offer:1 1',
    'element_dwelled offer:2 1',
    'element_dwelled offer:2 2',
  ])
  expect(
    tracking.destination.events.map(({ properties }) => [properties['id'], properties['visible_seconds']]),
  ).toEqual([
    ['1', 3],
    ['2', 5],
    ['2', 2],
  ])
})

it('re-renders nobody', async () => {
  const onRender = vi.fn()
  const tracking = render(
    <Profiler id="app" onRender={onRender}>
      <Impression name="pricing">
        <p>Pricing</p>
      </Impression>
    </Profiler>,
  )
  onRender.mockClear()
  await look()
  expect(await arrived(tracking)).toHaveLength(1)
  expect(onRender).not.toHaveBeenCalled()
})
