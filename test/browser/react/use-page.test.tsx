import { cleanup, configure, fireEvent, render as renderBare } from '@testing-library/react'
import {
  Activity,
  type ReactElement,
  type ReactNode,
  Suspense,
  startTransition,
  use,
  useEffect,
  useLayoutEffect,
  useState,
} from 'react'
import {
  createTracker,
  MicroconversionProvider,
  type PageOptions,
  type Track,
  TrackingScope,
  usePage,
  useTrack,
} from 'react-microconversions'
import { memory, renderWithTracking } from 'react-microconversions/testing'
import { Link, MemoryRouter, Route, Routes, useLocation } from 'react-router'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { eventually, patient, plan } from './plan.ts'

configure({ reactStrictMode: true })

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

type AnyTrack = Track<{ [name: string]: { [property: string]: string } }>
type Tracking = ReturnType<typeof renderWithTracking<typeof plan>>

const render = (ui: ReactElement) => renderWithTracking(ui, { plan })

function Page({ path, navigation, children }: { path: string; navigation?: string; children?: ReactNode }) {
  usePage({ pathname: path, key: navigation })
  return children
}

/** `event path number` of each decision that fired. */
const told = ({ decisions }: Pick<Tracking, 'decisions'>) =>
  decisions()
    .filter(({ outcome }) => outcome === 'fired')
    .map(({ event, page: { path, number } }) => `${event} ${path} ${number}`)

describe('usePage', () => {
  it('reports each page once, with its address before as the referrer', async () => {
    const tracking = render(<Page path="/a" />)
    await tracking.tracker.flush()
    tracking.platform.navigate('/b?secret', 'B')
    tracking.rerender(<Page path="/b" />)
    await tracking.tracker.flush()
    tracking.platform.navigate('/a', 'A')
    tracking.rerender(<Page path="/a" />)
    await tracking.tracker.flush()
    expect(told(tracking)).toEqual(['page_view /a 1', 'page_view /b 2', 'page_view /a 3'])
    expect(tracking.decisions().map(({ page: { referrer, title } }) => [referrer, title])).toEqual([
      ['', 'Test'],
      ['https://example.test/', 'B'],
      ['https://example.test/b', 'A'],
    ])
  })

  it('tells two visits of one path apart by `key`', async () => {
    const tracking = render(<Page path="/product/:id" navigation="k1" />)
    tracking.rerender(<Page path="/product/:id" navigation="k1" />)
    await tracking.tracker.flush()
    tracking.rerender(<Page path="/product/:id" navigation="k2" />)
    await tracking.tracker.flush()
    expect(told(tracking)).toEqual(['page_view /product/:id 1', 'page_view /product/:id 2'])
  })

  it('is not a page again by another title, a re-mount, a new identity of the component, or hot reload', async () => {
    function Titled({ title }: { title?: string }) {
      usePage({ pathname: '/a', title })
      return null
    }
    const tracking = render(<Titled />)
    tracking.rerender(<Titled title="Later" />)
    tracking.rerender(<Titled key="again" title="Later" />)
    tracking.rerender(<Page path="/a" />)
    tracking.unmount()
    renderBare(
      <MicroconversionProvider tracker={tracking.tracker}>
        <Page path="/a" />
      </MicroconversionProvider>,
    )
    await tracking.tracker.flush()
    expect(told(tracking)).toEqual(['page_view /a 1'])
  })

  it('is one page over Suspense and Activity, and pages that take turns are each a page', async () => {
    const never = new Promise<never>(() => {})
    const Suspending = ({ suspended }: { suspended: boolean }) => (suspended ? use(never) : null)
    const ui = (suspended: boolean, shown: 'a' | 'b') => (
      <Suspense>
        <Suspending suspended={suspended} />
        <Activity mode={shown === 'a' ? 'visible' : 'hidden'}>
          <Page path="/a" />
        </Activity>
        <Activity mode={shown === 'b' ? 'visible' : 'hidden'}>
          <Page path="/b" />
        </Activity>
      </Suspense>
    )
    const tracking = render(ui(false, 'a'))
    tracking.rerender(ui(true, 'a'))
    tracking.rerender(ui(false, 'a'))
    await tracking.tracker.flush()
    expect(told(tracking)).toEqual(['page_view /a 1'])
    tracking.rerender(ui(false, 'b'))
    await tracking.tracker.flush()
    tracking.rerender(ui(false, 'a'))
    await tracking.tracker.flush()
    expect(told(tracking)).toEqual(['page_view /a 1', 'page_view /b 2', 'page_view /a 3'])
  })

  it('is no page when React gives a render up', async () => {
    const never = new Promise<never>(() => {})
    const rendered: string[] = []
    let go: (path: string) => void = () => {}
    function Waiting({ path }: { path: string }) {
      usePage({ pathname: path })
      rendered.push(path)
      return path === '/slow' ? use(never) : null
    }
    function App() {
      const [path, setPath] = useState('/a')
      go = (next) => startTransition(() => setPath(next))
      return (
        <Suspense>
          <Waiting path={path} />
        </Suspense>
      )
    }
    const tracking = render(<App />)
    await tracking.tracker.flush()
    go('/slow')
    await eventually(() => expect(rendered).toContain('/slow'))
    go('/b')
    await eventually(() => expect(told(tracking)).toEqual(['page_view /a 1', 'page_view /b 2']))
  })

  it('begins before the effects of what mounts with a page, wherever that stands', async () => {
    function Banner({ name }: { name: string }) {
      const track: AnyTrack = useTrack()
      useEffect(() => {
        track('banner_seen')
      }, [track])
      return name
    }
    const ui = (path: string) => (
      <>
        <Banner key={path} name="above" />
        <Page path={path}>
          <Banner key={path} name="inside" />
        </Page>
      </>
    )
    const tracking = render(ui('/a'))
    await tracking.tracker.flush()
    tracking.rerender(ui('/b'))
    await tracking.tracker.flush()
    expect(told(tracking)).toEqual([
      'banner_seen /a 1',
      'page_view /a 1',
      'banner_seen /b 2',
      'page_view /b 2',
    ])
  })

  it('names the landing page: what was reported before the first call belongs to it', async () => {
    function Early() {
      const track: AnyTrack = useTrack()
      useLayoutEffect(() => {
        track('banner_seen')
      }, [track])
      useEffect(() => {
        track('banner_seen')
      }, [track])
      return null
    }
    const tracking = render(
      <Page path="/landing">
        <Early />
      </Page>,
    )
    await tracking.tracker.flush()
    expect(told(tracking)).toEqual(['banner_seen / 1', 'page_view /landing 1'])
    expect(new Set(tracking.decisions().map(({ page: { number } }) => number))).toEqual(new Set([1]))
  })

  it('is a page again after a return from the back/forward cache, and no third one by a re-mount', async () => {
    const tracking = render(<Page path="/a" />)
    await tracking.tracker.flush()
    tracking.platform.restore()
    tracking.rerender(<Page key="again" path="/a" />)
    expect(told(tracking)).toEqual(['page_view /a 1', 'page_view /a 2'])
    tracking.rerender(<Page path="/b" />)
    await tracking.tracker.flush()
    expect(told(tracking)).toHaveLength(3)
  })

  describe('takes the title', () => {
    const before = document.title
    afterEach(() => {
      document.title = before
    })

    function Titled({ title, set }: { title: string; set: 'element' | 'effect' | 'frame' }) {
      const track: AnyTrack = useTrack()
      usePage({ pathname: `/${title}` })
      useEffect(() => {
        if (set === 'effect') document.title = title
        // As react-helmet does.
        if (set === 'frame') requestAnimationFrame(() => (document.title = title))
      }, [title, set])
      return (
        <>
          {set === 'element' && <title>{title}</title>}
          <button type="button" onClick={() => track('demo_started')}>
            Start
          </button>
        </>
      )
    }

    it.each(['element', 'effect', 'frame'] as const)('that is set by an %s', async (set) => {
      document.title = 'Static'
      const destination = memory()
      const tracker = createTracker({ plan, destinations: [destination], consent: 'granted' })
      const ui = (title: string) => (
        <MicroconversionProvider tracker={tracker}>
          <Titled title={title} set={set} />
        </MicroconversionProvider>
      )
      const { rerender } = renderBare(ui('first'))
      for (const title of ['first', 'second']) {
        rerender(ui(title))
        await tracker.flush()
        await userEvent.click(page.getByRole('button', { name: 'Start' }))
      }
      document.title = 'second, later'
      await userEvent.click(page.getByRole('button', { name: 'Start' }))
      await tracker.flush()
      expect(
        destination.events.map(({ name, page: { title }, properties }) => [
          name,
          title,
          properties['page_title'],
        ]),
      ).toEqual([
        ['page_view', 'first', 'first'],
        ['demo_started', 'first', undefined],
        ['page_view', 'second', 'second'],
        ['demo_started', 'second', undefined],
        ['demo_started', 'second, later', undefined],
      ])
      tracker.dispose()
    })

    it('that it is given, also when that comes later, and never that of the next page', async () => {
      const tracking = render(<Given path="/a" />)
      function Given({ path, title }: { path: string; title?: string }) {
        usePage({ pathname: path, title })
        return null
      }
      await tracking.tracker.flush()
      tracking.rerender(<Given path="/a" title="Loaded" />)
      const track = tracking.tracker.track as (name: string) => void
      track('demo_started')
      tracking.platform.navigate('/b', 'B')
      track('demo_started')
      tracking.rerender(<Given path="/b" />)
      tracking.platform.navigate('/c', 'C')
      track('demo_started')
      expect(
        tracking.decisions().map(({ event, page: { path, title } }) => `${event} ${path} ${title}`),
      ).toEqual([
        'page_view /a Test',
        'demo_started /a Loaded',
        'demo_started /a Loaded',
        'demo_started /b B',
      ])
    })
  })

  it('reports the kind of page, and the scope around it, also after a return from the cache', async () => {
    function Typed({ type }: { type?: string }) {
      usePage({ pathname: '/blog/first', template: '/blog/:slug', type })
      return null
    }
    const tracking = render(
      <TrackingScope properties={{ section: 'magazine' }}>
        <Typed type="article" />
      </TrackingScope>,
    )
    await tracking.tracker.flush()
    tracking.platform.leave()
    tracking.platform.restore()
    await tracking.tracker.flush()
    expect(tracking.destination.events).toMatchObject(
      [1, 2].map((number) => ({
        name: 'page_view',
        page: { number, path: '/blog/:slug', type: 'article' },
        properties: { page_type: 'article' },
        context: { scope: { section: 'magazine' } },
      })),
    )
  })

  it('is reported once the user acts, in the order of what happened', async () => {
    function Shop({ path }: { path: string }) {
      const track: AnyTrack = useTrack()
      usePage({ pathname: path })
      return (
        <button type="button" onClick={() => track('demo_started')}>
          Start
        </button>
      )
    }
    const tracking = render(<Shop path="/a" />)
    fireEvent.click(page.getByRole('button', { name: 'Start' }).element())
    expect(told(tracking)).toEqual(['page_view /a 1', 'demo_started /a 1'])
    tracking.rerender(<Shop path="/b" />)
    tracking.platform.leave()
    expect(told(tracking).slice(2)).toEqual(['page_view /b 2'])
  })

  it('is reported in a tab that draws no frames', async () => {
    vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(0)
    const tracking = render(<Page path="/a" />)
    await eventually(() => expect(told(tracking)).toEqual(['page_view /a 1']))
  })

  it.each([
    ['a location in place of its pathname', { pathname: { pathname: '/' } }],
    ['a number', { pathname: 42 }],
    ['one name in place of a list', { pathname: '/', search: 'id' }],
    ['a parameter that is no text', { pathname: '/id', params: { id: 1n } }],
  ])('is no error of the application with %s', (_, given) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    function Pages() {
      usePage(given as unknown as PageOptions)
      return <h1>There</h1>
    }
    const { container, tracker } = render(<Pages />)
    expect(container.textContent).toBe('There')
    if (given.pathname === '/id')
      expect(tracker.record.get().unobserved).toEqual({ Page: expect.any(String) })
  })

  it.each(['/pricing', undefined])('says what to write to a developer who gives %j', (pathname) => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const Pages = () => usePage(pathname as unknown as PageOptions) as undefined
    expect(() => render(<Pages />)).toThrow(
      /\[RMC206\] usePage takes one object, and was given .*\. Write `usePage\(\{ pathname, params, … \}\)`\./,
    )
  })

  it('is a line with a router', async () => {
    function Pages() {
      usePage({ pathname: useLocation().pathname })
      return (
        <Routes>
          <Route path="/" element={<Link to="/pricing">Plans</Link>} />
          <Route path="/pricing" element={<Link to="/">Home</Link>} />
        </Routes>
      )
    }
    const tracking = render(
      <MemoryRouter>
        <Pages />
      </MemoryRouter>,
    )
    await userEvent.click(page.getByRole('link', { name: 'Plans' }))
    await userEvent.click(page.getByRole('link', { name: 'Home' }))
    await expect.element(page.getByRole('link', { name: 'Plans' }), patient).toBeVisible()
    await tracking.tracker.flush()
    expect(told(tracking)).toEqual(['page_view / 1', 'page_view /pricing 2', 'page_view / 3'])
  })
})
