import { Link } from '../router.tsx'
import { Faq } from './faq.tsx'
import { Features } from './features.tsx'
import { Hero } from './hero.tsx'
import { Pricing } from './pricing.tsx'
import { Proof } from './proof.tsx'

export function LandingPage() {
  return (
    <>
      <Hero />
      <Proof />
      <Features />
      <Pricing headingLevel={2} />
      <Faq />
      <section className="last wrap" aria-labelledby="last">
        <h2 id="last">See your own week in it</h2>
        <p>Bring last month’s roster to the call. We rebuild it while you watch.</p>
        <Link to="/demo" className="button">
          Book a demo
        </Link>
      </section>
    </>
  )
}
