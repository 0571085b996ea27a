import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  Outlet,
  redirect,
  useMatches,
} from '@tanstack/react-router'
import { PricingLink, usePage } from 'react-microconversions'

function Layout() {
  const match = useMatches({ select: (matches) => matches.at(-1) })
  usePage({ pathname: match?.pathname, template: match?.fullPath })
  return <Outlet />
}

const root = createRootRoute({ component: Layout })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: () => (
    <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} render={<Link to="/pricing" />}>
      See pricing
    </PricingLink>
  ),
})

const pricing = createRoute({
  getParentRoute: () => root,
  path: '/pricing',
  component: () => (
    <Link to="/blog/$slug" params={{ slug: 'swaps' }}>
      Read on
    </Link>
  ),
})

const article = createRoute({
  getParentRoute: () => root,
  path: '/blog/$slug',
  component: () => <Link to="/old">Home</Link>,
})

const old = createRoute({
  getParentRoute: () => root,
  path: '/old',
  beforeLoad: () => {
    throw redirect({ to: '/' })
  },
})

// Without it, an address that does not exist matches the root alone, whose pathname is `/`.
const missing = createRoute({ getParentRoute: () => root, path: '$', component: () => 'Not found' })

export const createAppRouter = (start = '/') =>
  createRouter({
    routeTree: root.addChildren([home, pricing, article, old, missing]),
    history: createMemoryHistory({ initialEntries: [start] }),
  })
