import { TrackingScope } from 'react-microconversions'
import { Link } from '../router.tsx'
import { PricingLink } from '../tracking.ts'
import { Logo } from './icons.tsx'

export function Header() {
  return (
    <TrackingScope properties={{ section: 'header' }}>
      <header className="site-header wrap">
        <Link to="/" className="brand">
          <Logo />
          Rostrel
        </Link>
        <nav aria-label="Main">
          <PricingLink event="pricing_clicked" render={<Link to="/pricing" />}>
            Pricing
          </PricingLink>
          <Link to="/demo" className="button small">
            Book a demo
          </Link>
        </nav>
      </header>
    </TrackingScope>
  )
}
