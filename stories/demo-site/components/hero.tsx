import { TrackingScope } from 'react-microconversions'
import { captions, tour } from '../../support/media.ts'
import { Link } from '../router.tsx'
import { PricingLink, useVideoSummary, VideoProgress } from '../tracking.ts'

export function Hero() {
  const summary = useVideoSummary({ name: 'product-tour' })
  return (
    <TrackingScope properties={{ section: 'hero' }}>
      <section className="hero wrap" aria-labelledby="hero">
        <div className="pitch">
          <p className="kicker">Shift planning for care, kitchens and warehouses</p>
          <h1 id="hero">The roster that ends the arguments</h1>
          <p className="lead">
            Rostrel drafts fair shifts from rules that your team agreed on, asks people before it moves them,
            and shows what the week will cost while you can still change it.
          </p>
          <div className="actions">
            <Link to="/demo" className="button">
              Book a demo
            </Link>
            <PricingLink event="pricing_clicked" className="button quiet" render={<Link to="/pricing" />}>
              See pricing
            </PricingLink>
          </div>
          <p className="small">30 minutes, no card, your payroll stays as it is.</p>
        </div>
        <figure className="video">
          <VideoProgress
            ref={summary}
            name="product-tour"
            marks={[25, 50, 75, 90]}
            src={tour}
            controls
            playsInline
            preload="auto"
          >
            <track kind="captions" src={captions} srcLang="en" label="English" />
          </VideoProgress>
          <figcaption>The tour, in twelve seconds</figcaption>
        </figure>
      </section>
    </TrackingScope>
  )
}
