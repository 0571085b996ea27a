import { createRootRoute, createRoute, createRouter, Outlet, useMatches } from '@tanstack/react-router'
import { createTracker, MicroconversionProvider, usePage } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools'
import { plan } from './plan'
import { Pricing } from './pricing'

const tracker = createTracker({ plan })

function Root() {
  return (
    <MicroconversionProvider tracker={tracker}>
      <Pages />
      <Outlet />
      <MicroconversionDevtools />
    </MicroconversionProvider>
  )
}

function Pages() {
  const match = useMatches({ select: (matches) => matches.at(-1) })
  usePage({ pathname: match?.pathname, template: match?.fullPath })
  return null
}

const root = createRootRoute({ component: Root })
const home = createRoute({ getParentRoute: () => root, path: '/', component: Pricing })
const missing = createRoute({ getParentRoute: () => root, path: '$', component: () => <h1>Not found</h1> })

export const router = createRouter({ routeTree: root.addChildren([home, missing]) })
