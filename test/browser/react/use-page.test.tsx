import { cleanup, configure, render as renderBare } from '@testing-library/react'
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
import { createTracker, MicroconversionProvider, type Track, usePage, useTrack } from 'react-microconversions'
import { memory, renderWithTracking } from 'react-microconversions/testing'
import { Link, MemoryRouter, Route, Routes, useLocation } from 'react-router'
import { afterEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { eventually, patient, plan, soon } from './plan.ts'

configure({ reactStrictMode: true })

afterEach(cleanup)

type AnyTrack = Track<{ [name: string]: { [property: string]: string } }>
type Tracking = ReturnType<typeof renderWithTracking<typeof plan>>

const render = (ui: ReactElement) => renderWithTracking(ui, { plan })

function Page({ path, navigation, children }: { path: string; navigation?: string; children?: ReactNode }) {
  usePage(path, { key: navigation })
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
    tracking.platform.navigate('/b?secret', 'B')
    tracking.rerender(<Page path="/b" />)
    tracking.platform.navigate('/a', 'A')
    tracking.rerender(<Page path="/a" />)
    await soon()
    expect(told(tracking)).toEqual(['page_view /a 1', 'page_view /b 2', 'page_view /a 3'])
    expect(tracking.decisions().map(({ page: { referrer, title } }) => [referrer, title])).toEqual([
      ['', 'Test'],
      ['https://example.test/', 'B'],
      ['https://example.test/b', 'A'],
    ])
  })

  it('tells two visits of one path apart by `key`', () => {
    const tracking = render(<Page path="/product/:id" navigation="k1" />)
    tracking.rerender(<Page path="/product/:id" navigation="k1" />)
    tracking.rerender(<Page path="/product/:id" navigation="k2" />)
    expect(told(tracking)).toEqual(['page_view /product/:id 1', 'page_view /product/:id 2'])
  })

  it('is not a page again by another title, a re-mount, a new identity of the component, or hot reload', () => {
    function Titled({ title }: { title?: string }) {
      usePage('/a', { title })
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
    await soon()
    expect(told(tracking)).toEqual(['page_view /a 1'])
    tracking.rerender(ui(false, 'b'))
    tracking.rerender(ui(false, 'a'))
    await soon()
    expect(told(tracking)).toEqual(['page_view /a 1', 'page_view /b 2', 'page_view /a 3'])
  })

  it('is no page when React gives a render up', async () => {
    const never = new Promise<never>(() => {})
    const rendered: string[] = []
    let go: (path: string) => void = () => {}
    function Waiting({ path }: { path: string }) {
      usePage(path)
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
    go('/slow')
    await eventually(() => expect(rendered).toContain('/slow'))
    go('/b')
    await eventually(() => expect(told(tracking)).toEqual(['page_view /a 1', 'page_view /b 2']))
  })

  it('begins before the effects of what mounts with a page, wherever that stands', () => {
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
    tracking.rerender(ui('/b'))
    expect(told(tracking)).toEqual([
      'page_view /a 1',
      'banner_seen /a 1',
      'page_view /b 2',
      'banner_seen /b 2',
    ])
  })

  it('names the landing page: what was reported before the first call belongs to it', () => {
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
    expect(told(tracking)).toEqual(['banner_seen / 1', 'page_view /landing 1'])
    expect(new Set(tracking.decisions().map(({ page: { number } }) => number))).toEqual(new Set([1]))
  })

  it('is a page again after a return from the back/forward cache, and no third one by a re-mount', () => {
    const tracking = render(<Page path="/a" />)
    tracking.platform.restore()
    tracking.rerender(<Page key="again" path="/a" />)
    expect(told(tracking)).toEqual(['page_view /a 1', 'page_view /a 2'])
    tracking.rerender(<Page path="/b" />)
    expect(told(tracking)).toHaveLength(3)
  })

  it('takes the title of the document when a page is reported', async () => {
    const destination = memory()
    const before = document.title
    document.title = 'Static'
    const tracker = createTracker({ plan, destinations: [destination], consent: 'granted' })
    function Titled() {
      usePage('/landing')
      return <title>Landing</title>
    }
    renderBare(
      <MicroconversionProvider tracker={tracker}>
        <Titled />
      </MicroconversionProvider>,
    )
    await eventually(async () => {
      await tracker.flush()
      expect(destination.events).toMatchObject([
        { name: 'page_view', page: { title: 'Landing' }, properties: { page_title: 'Landing' } },
      ])
    })
    tracker.dispose()
    document.title = before
  })

  it('is a line with a router', async () => {
    function Pages() {
      const { pathname, key } = useLocation()
      usePage(pathname, { key })
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
    expect(told(tracking)).toEqual(['page_view / 1', 'page_view /pricing 2', 'page_view / 3'])
  })
})
