import { TrackingScope } from 'react-microconversions'
import { Link } from '../router.tsx'
import { PricingLink } from '../tracking.ts'
import { ConsentSwitches } from './consent-banner.tsx'
import { Logo } from './icons.tsx'

export function Footer() {
  return (
    <TrackingScope properties={{ section: 'footer' }}>
      <footer className="site-footer">
        <div className="wrap">
          <p className="brand">
            <Logo />
            Rostrel
          </p>
          <nav aria-label="Footer">
            <Link to="/">Home</Link>
            <PricingLink event="pricing_clicked" render={<Link to="/pricing" />}>
              Pricing
            </PricingLink>
            <Link to="/demo">Book a demo</Link>
          </nav>
          <ConsentSwitches />
          <p className="small">A made-up company, to show react-microconversions at work.</p>
        </div>
      </footer>
    </TrackingScope>
  )
}
