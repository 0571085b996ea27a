import {
  createBrowserHistory,
  createHashHistory,
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Navigate as TanStackNavigate,
  Outlet as TanStackOutlet,
  RouterProvider as TanStackRouterProvider,
  redirect as tanStackRedirect,
  useMatches,
} from '@tanstack/react-router'
import { cleanup, configure } from '@testing-library/react'
import { type ReactElement, useEffect } from 'react'
import {
  definePlan,
  event,
  standardEvents,
  type Track,
  typed,
  usePage,
  useTrack,
} from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import {
  BrowserRouter,
  createBrowserRouter,
  createHashRouter,
  createMemoryRouter,
  HashRouter,
  MemoryRouter,
  Navigate,
  Outlet,
  Route,
  type RouteObject,
  RouterProvider,
  Routes,
  redirect,
  useLocation,
  useNavigate,
  useParams,
} from 'react-router'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createAppRouter } from '../../../stories/guides/examples/tanstack-router.tsx'
import { eventually, patient, soon } from './plan.ts'

configure({ reactStrictMode: true })

const plan = definePlan({
  name: 'routers',
  version: '1',
  events: {
    ...standardEvents.navigation,
    pricing_clicked: event({ properties: typed<{ tier: string }>() }),
    page_mounted: event({}),
  },
})

const address = location.href
beforeEach(() => history.replaceState(null, '', '/'))
afterEach(() => {
  cleanup()
  history.replaceState(null, '', address)
})

const render = (ui: ReactElement) => renderWithTracking(ui, { plan })
type Tracking = ReturnType<typeof render>

/** `path number` of each page view that arrived. */
async function pages({ tracker, destination }: Tracking) {
  await tracker.flush()
  return destination.events.flatMap(({ name, page: { path, number } }) =>
    name === 'page_view' ? [`${path} ${number}`] : [],
  )
}

/** The heading says which page is in view, and its mount is an event of that page. */
function Page({ name }: { name: string }) {
  const track: Track<{ page_mounted: object }> = useTrack()
  useEffect(() => {
    track('page_mounted')
  }, [track])
  return <h1>{name}</h1>
}

/** Goes there, and waits until that page is in view and reported. */
async function tour(tracking: Tracking, go: (to: string) => unknown, stops: readonly (readonly string[])[]) {
  for (const [to = '', heading = ''] of stops) {
    await go(to)
    await expect.element(page.getByRole('heading', { name: heading, exact: true }), patient).toBeVisible()
    // Until the query of the same heading has arrived, too.
    await soon()
    await tracking.tracker.flush()
  }
  return pages(tracking)
}

/** Every way to move that a router has, and the pages that it makes. */
const stops = [
  ['/', 'home'],
  ['/blog/first?utm=1', 'first'],
  ['/blog/second', 'second'],
  ['/blog/second?sort=up', 'second'],
  ['/blog/second?sort=down#comments', 'second'],
  ['/blog/second/', 'second'],
  ['/shop?id=1', 'shop'],
  ['/shop?id=2&sort=up', 'shop'],
  ['/shop?sort=down&id=2', 'shop'],
  ['/de/docs/x', 'x'],
  ['/en/docs/x', 'x'],
  ['/old', 'home'],
] as const
const visited = [
  '/ 1',
  '/blog/:slug 2',
  '/blog/:slug 3',
  '/shop 4',
  '/shop 5',
  '/:lang/docs/:slug 6',
  '/:lang/docs/:slug 7',
  '/ 8',
]

describe('React Router', () => {
  function Layout() {
    const { pathname, search } = useLocation()
    usePage({ pathname: pathname + search, params: useParams(), search: ['id'] })
    return <Outlet />
  }

  function Named() {
    return <Page name={useParams()['slug'] ?? ''} />
  }

  const children = [
    { path: '/', element: <Page name="home" /> },
    { path: '/blog/:slug', element: <Named /> },
    { path: '/shop', element: <Page name="shop" /> },
    { path: '/:lang/docs/:slug', element: <Named /> },
    { path: '/old', element: <Navigate to="/" /> },
  ] satisfies RouteObject[]
  const data: RouteObject[] = [
    { Component: Layout, children },
    { path: '/loaded', loader: () => redirect('/') },
  ]

  it.each([
    ['in memory', () => createMemoryRouter(data)],
    ['by hash', () => createHashRouter(data)],
    ['in the address bar', () => createBrowserRouter(data)],
  ])('with data, %s: its pathname is the page, and its parameters make the template', async (_, create) => {
    const router = create()
    const tracking = render(<RouterProvider router={router} />)
    const seen = await tour(tracking, (to) => router.navigate(to), stops)
    expect(seen).toEqual(visited)
    await tour(tracking, (to) => router.navigate(to), [
      ['/blog/first', 'first'],
      ['/loaded', 'home'],
    ])
    router.navigate(-1)
    await eventually(async () =>
      expect((await pages(tracking)).slice(visited.length)).toEqual([
        '/blog/:slug 9',
        '/ 10',
        '/blog/:slug 11',
      ]),
    )
    expect(JSON.stringify(tracking.destination.events)).not.toMatch(/utm|id=/)
    router.dispose()
  })

  it.each([
    ['in memory', MemoryRouter],
    ['by hash', HashRouter],
    ['in the address bar', BrowserRouter],
  ])('of elements, %s: each mount is an event of its own page', async (_, Router) => {
    let navigate = (_to: string) => {}
    function Handle() {
      navigate = useNavigate()
      return null
    }
    const tracking = render(
      <Router>
        <Handle />
        <Routes>
          <Route element={<Layout />}>
            {children.map(({ path, element }) => (
              <Route key={path} path={path} element={element} />
            ))}
          </Route>
        </Routes>
      </Router>,
    )
    expect(await tour(tracking, (to) => navigate(to), stops)).toEqual(visited)
    const mounts = tracking.decisions().filter(({ event: name }) => name === 'page_mounted')
    expect(new Set(mounts.map(({ page: { path, number } }) => `${path} ${number}`))).toEqual(
      new Set(visited.filter((seen) => !/[357]$/.test(seen))),
    )
  })

  it.each([
    ['by an element', <Navigate key="login" to="/login" />],
    ['by an element, in place', <Navigate key="login" to="/login" replace />],
  ])('reports no page that redirects %s before the first one', async (_, home) => {
    for (const Router of [MemoryRouter, BrowserRouter, HashRouter]) {
      history.replaceState(null, '', '/')
      const tracking = render(
        <Router>
          <Routes>
            <Route element={<Layout />}>
              <Route path="/" element={home} />
              <Route path="/login" element={<Page name="login" />} />
            </Route>
          </Routes>
        </Router>,
      )
      await expect.element(page.getByRole('heading'), patient).toBeVisible()
      expect(await pages(tracking)).toEqual(['/login 1'])
      tracking.unmount()
    }
  })

  it('reports no page that an effect leaves at once, nor one on the way', async () => {
    function Guard() {
      const navigate = useNavigate()
      useEffect(() => {
        navigate('/login', { replace: true })
      }, [navigate])
      return <Page name="guarded" />
    }
    const router = createMemoryRouter([
      {
        Component: Layout,
        children: [
          { path: '/', Component: Guard },
          { path: '/login', element: <Navigate to="/account" /> },
          { path: '/account', element: <Page name="account" /> },
        ],
      },
    ])
    const tracking = render(<RouterProvider router={router} />)
    expect(await tour(tracking, () => {}, [['', 'account']])).toEqual(['/account 1'])
    expect(await tour(tracking, (to) => router.navigate(to), [['/', 'account']])).toEqual([
      '/account 1',
      '/account 2',
    ])
    router.dispose()
  })

  it('reads a parameter that makes a page in the address where the pathname comes without it', async () => {
    function Bare() {
      usePage({ pathname: useLocation().pathname, search: ['id'] })
      return <Outlet />
    }
    const router = createBrowserRouter([{ Component: Bare, children }])
    const tracking = render(<RouterProvider router={router} />)
    const seen = await tour(tracking, (to) => router.navigate(to), [stops[0], ...stops.slice(6, 9)])
    expect(seen).toEqual(['/ 1', '/shop 2', '/shop 3'])
    router.dispose()
  })

  it('has no page for a modal over another', async () => {
    function Feed() {
      const { pathname } = useLocation()
      usePage({ pathname: pathname.startsWith('/photo') ? undefined : pathname })
      return <Page name={pathname} />
    }
    const router = createMemoryRouter([{ path: '*', Component: Feed }])
    const tracking = render(<RouterProvider router={router} />)
    const seen = await tour(tracking, (to) => router.navigate(to), [
      ['/', '/'],
      ['/photo/1', '/photo/1'],
      ['/', '/'],
      ['/about', '/about'],
    ])
    expect(seen).toEqual(['/ 1', '/about 2'])
    router.dispose()
  })
})

describe('TanStack Router', () => {
  function Layout() {
    const match = useMatches({ select: (matches) => matches.at(-1) })
    const { id } = (match?.search ?? {}) as { id?: number }
    usePage({ pathname: match?.pathname, template: match?.fullPath, key: id === undefined ? id : `${id}` })
    return <TanStackOutlet />
  }

  function Named() {
    const { slug } = useMatches({ select: (matches) => matches.at(-1)?.params as { slug: string } })
    return <Page name={slug} />
  }

  const root = createRootRoute({ component: Layout })
  const route = (path: string, component: () => ReactElement) =>
    createRoute({ getParentRoute: () => root, path, component })
  const routeTree = root.addChildren([
    route('/', () => <Page name="home" />),
    route('/blog/$slug', Named),
    route('/shop', () => <Page name="shop" />),
    route('/$lang/docs/$slug', Named),
    route('/old', () => <TanStackNavigate to={'/' as never} />),
    createRoute({
      getParentRoute: () => root,
      path: '/loaded',
      loader: () => {
        throw tanStackRedirect({ to: '/' as never })
      },
    }),
  ])

  it.each([
    ['in memory', () => createMemoryHistory({ initialEntries: ['/'] })],
    ['by hash', () => createHashHistory()],
    ['in the address bar', () => createBrowserHistory()],
  ])('%s: the page is the match in view, and each mount is an event of its own page', async (_, create) => {
    const router = createRouter({ routeTree, history: create() })
    const tracking = render(<TanStackRouterProvider router={router as never} />)
    const go = (to: string) => router.history.push(to)
    expect(await tour(tracking, go, [...stops, ['/loaded', 'home']])).toEqual(
      visited.map((seen) => seen.replaceAll(':', '$')),
    )
    const mounts = tracking.decisions().filter(({ event: name }) => name === 'page_mounted')
    expect(new Set(mounts.map(({ page: { path, number } }) => `${path} ${number}`))).toEqual(
      new Set(['/ 1', '/blog/$slug 2', '/shop 4', '/$lang/docs/$slug 6', '/ 8']),
    )
  })

  it('reports no page that redirects before the first one', async () => {
    for (const start of ['/old', '/loaded']) {
      const history = createMemoryHistory({ initialEntries: [start] })
      const tracking = render(
        <TanStackRouterProvider router={createRouter({ routeTree, history }) as never} />,
      )
      expect(await tour(tracking, () => {}, [['', 'home']])).toEqual(['/ 1'])
      tracking.unmount()
    }
  })

  it('of the guide has a page for an address that is none', async () => {
    const router = createAppRouter('/pricing')
    const tracking = render(<TanStackRouterProvider router={router as never} />)
    await expect.element(page.getByRole('link', { name: 'Read on' }), patient).toBeVisible()
    await tracking.tracker.flush()
    await router.navigate({ to: '/nowhere' as never })
    await expect.element(page.getByText('Not found'), patient).toBeVisible()
    expect(await pages(tracking)).toEqual(['/pricing 1', '/$ 2'])
  })

  it('of the guide tells its own templates; a redirect is no page, and a click is reported where it was', async () => {
    const tracking = render(<TanStackRouterProvider router={createAppRouter() as never} />)
    for (const name of ['See pricing', 'Read on', 'Home'])
      await userEvent.click(page.getByRole('link', { name }))
    await expect.element(page.getByRole('link', { name: 'See pricing' }), patient).toBeVisible()
    await eventually(async () =>
      expect(await pages(tracking)).toEqual(['/ 1', '/pricing 2', '/blog/$slug 3', '/ 4']),
    )
    expect(tracking.destination.events.find(({ name }) => name === 'pricing_clicked')).toMatchObject({
      page: { path: '/' },
    })
  })
})
