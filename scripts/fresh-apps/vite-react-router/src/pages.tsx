import { PricingLink, usePage } from 'react-microconversions'
import { Link, Outlet, useLocation, useParams } from 'react-router'
import { DemoForm } from './demo-form'

export function Layout() {
  usePage({ pathname: useLocation().pathname, params: useParams() })
  return <Outlet />
}

export function Home() {
  return (
    <main>
      <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} render={<Link to="#pro" />}>
        See pricing
      </PricingLink>
      <DemoForm
        save={({ email }) => new Promise((resolve) => setTimeout(resolve, 50, { ok: email !== '' }))}
      />
    </main>
  )
}
