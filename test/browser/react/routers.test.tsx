import { RouterProvider as TanStackRouterProvider } from '@tanstack/react-router'
import { cleanup, configure } from '@testing-library/react'
import type { ReactElement, ReactNode } from 'react'
import { definePlan, event, routeTemplate, standardEvents, typed, usePage } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import {
  createBrowserRouter,
  createHashRouter,
  createMemoryRouter,
  Link,
  MemoryRouter,
  Navigate,
  Outlet,
  Route,
  type RouteObject,
  RouterProvider,
  Routes,
  redirect,
  useLocation,
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
  },
})

const address = location.href
beforeEach(() => history.replaceState(null, '', address))
afterEach(() => {
  cleanup()
  history.replaceState(null, '', address)
})

const render = (ui: ReactElement) => renderWithTracking(ui, { plan })
const go = async (name: string) => {
  await userEvent.click(page.getByRole('link', { name }))
  await soon()
}

/** `path number` of each page view that arrived. */
async function pages({ tracker, destination }: ReturnType<typeof render>) {
  await tracker.flush()
  return destination.events.flatMap(({ name, page: { path, number } }) =>
    name === 'page_view' ? [`${path} ${number}`] : [],
  )
}

function Layout() {
  const { pathname, key } = useLocation()
  const params = useParams()
  usePage(routeTemplate(pathname, params), { key })
  return <Outlet />
}

const routes: RouteObject[] = [
  {
    Component: Layout,
    children: [
      { path: '/', element: <Link to="/blog/swaps">Read</Link> },
      { path: '/blog/:slug', element: <Link to="/old">Back</Link> },
    ],
  },
  { path: '/old', loader: () => redirect('/') },
]

describe('React Router', () => {
  it.each([
    ['in memory', () => createMemoryRouter(routes)],
    ['by hash', () => createHashRouter(routes)],
  ])('%s: templates, and a redirect of a loader is no page', async (_, create) => {
    const router = create()
    const tracking = render(<RouterProvider router={router} />)
    await go('Read')
    await go('Back')
    await expect.element(page.getByRole('link', { name: 'Read' }), patient).toBeVisible()
    expect(await pages(tracking)).toEqual(['/ 1', '/blog/:slug 2', '/ 3'])
    router.dispose()
  })

  it('in the address bar: going back is a page again, another query of the same visit is one, a hash is one', async () => {
    history.replaceState(null, '', '/')
    const router = createBrowserRouter(routes)
    const tracking = render(<RouterProvider router={router} />)
    await go('Read')
    await router.navigate(-1)
    await soon()
    await eventually(async () => expect(await pages(tracking)).toEqual(['/ 1', '/blog/:slug 2', '/ 3']))
    expect(tracking.destination.events.map(({ page: { url } }) => url)).not.toContain('swaps?')
    router.dispose()
  })

  it('a route that only redirects stands outside of the layout, or has no page', async () => {
    function Pages({ children }: { children: ReactNode }) {
      const { pathname, key } = useLocation()
      usePage(pathname === '/older' ? undefined : pathname, { key })
      return children
    }
    const outside = render(
      <MemoryRouter initialEntries={['/old']}>
        <Routes>
          <Route path="/old" element={<Navigate to="/" replace />} />
          <Route element={<Layout />}>
            <Route path="/" element={<h1>Home</h1>} />
          </Route>
        </Routes>
      </MemoryRouter>,
    )
    await expect.element(page.getByRole('heading'), patient).toBeVisible()
    expect(await pages(outside)).toEqual(['/ 1'])
    outside.unmount()
    const none = render(
      <MemoryRouter initialEntries={['/older']}>
        <Pages>
          <Routes>
            <Route path="/older" element={<Navigate to="/" replace />} />
            <Route path="/" element={<h1>Home</h1>} />
          </Routes>
        </Pages>
      </MemoryRouter>,
    )
    await expect.element(page.getByRole('heading'), patient).toBeVisible()
    expect(await pages(none)).toEqual(['/ 1'])
  })
})

describe('TanStack Router', () => {
  it('tells its own templates; a redirect is no page, and a click is reported where it was', async () => {
    const tracking = render(<TanStackRouterProvider router={createAppRouter() as never} />)
    await go('See pricing')
    await go('Read on')
    await go('Home')
    await expect.element(page.getByRole('link', { name: 'See pricing' }), patient).toBeVisible()
    expect(await pages(tracking)).toEqual(['/ 1', '/pricing 2', '/blog/$slug 3', '/ 4'])
    expect(tracking.destination.events[1]).toMatchObject({ name: 'pricing_clicked', page: { path: '/' } })
  })

  it('entered by a redirect has one page', async () => {
    const tracking = render(<TanStackRouterProvider router={createAppRouter('/old') as never} />)
    await expect.element(page.getByRole('link', { name: 'See pricing' }), patient).toBeVisible()
    await soon()
    expect(await pages(tracking)).toEqual(['/ 1'])
  })
})
