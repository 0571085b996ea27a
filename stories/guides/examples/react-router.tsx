import type { ReactNode } from 'react'
import { PricingLink, usePage } from 'react-microconversions'
import { createMemoryRouter, Link, Outlet, useLocation, useParams } from 'react-router'

function Layout() {
  usePage({ pathname: useLocation().pathname, params: useParams() })
  return <Outlet />
}

function Home(): ReactNode {
  return (
    <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} render={<Link to="/pricing" />}>
      See pricing
    </PricingLink>
  )
}

function Pricing(): ReactNode {
  return <Link to="/">Home</Link>
}

export const createRouter = () =>
  createMemoryRouter([
    {
      Component: Layout,
      children: [
        { path: '/', Component: Home },
        { path: '/pricing', Component: Pricing },
      ],
    },
  ])
