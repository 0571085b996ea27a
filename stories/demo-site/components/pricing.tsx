import { TrackingScope } from 'react-microconversions'
import type { Tier } from '../plan.ts'
import { Link } from '../router.tsx'
import { PricingLink } from '../tracking.ts'
import { Check } from './icons.tsx'
import { PlannerOffer } from './planner-offer.tsx'

interface Offer {
  readonly tier: Tier
  readonly name: string
  readonly price: string
  readonly per: string
  readonly what: string
  readonly points: readonly string[]
}

const offers: readonly Offer[] = [
  {
    tier: 'starter',
    name: 'Starter',
    price: '€0',
    per: 'for up to 10 people',
    what: 'One team that wants its weekends back.',
    points: ['Drafts from your rules', 'Swaps by phone', 'One site'],
  },
  {
    tier: 'team',
    name: 'Team',
    price: '€4',
    per: 'per person and month',
    what: 'Several teams that share people.',
    points: ['All of Starter', 'Cost while you plan', 'Payroll export', 'Rest-time checks'],
  },
  {
    tier: 'network',
    name: 'Network',
    price: '€7',
    per: 'per person and month',
    what: 'Many sites, one set of rules.',
    points: ['All of Team', 'Works council view', 'Single sign-on', 'A named planner to call'],
  },
]

/** Three ways to pay, each a PricingLink: which tier is chosen says more than that pricing was seen. */
export function Pricing({ headingLevel }: { readonly headingLevel: 1 | 2 }) {
  const Heading = `h${headingLevel}` as const
  return (
    <TrackingScope properties={{ section: 'pricing' }}>
      <section className="pricing wrap" aria-labelledby="pricing">
        <Heading id="pricing">A price per person, and no other</Heading>
        <p className="lead">Every tier has every rule. You pay for size, not for fairness.</p>
        <ul className="offers">
          {offers.map((offer) => (
            <OfferCard key={offer.tier} {...offer} />
          ))}
        </ul>
        <PlannerOffer />
      </section>
    </TrackingScope>
  )
}

function OfferCard({ tier, name, price, per, what, points }: Offer) {
  const popular = tier === 'team'
  return (
    <li className={popular ? 'offer popular' : 'offer'}>
      <p className="name">
        {name} {popular && <span className="badge">Most chosen</span>}
      </p>
      <p className="price">
        {price} <span>{per}</span>
      </p>
      <p>{what}</p>
      <ul className="included">
        {points.map((point) => (
          <li key={point}>
            <Check />
            {point}
          </li>
        ))}
      </ul>
      <PricingLink
        event="tier_chosen"
        properties={{ tier }}
        className={popular ? 'button' : 'button quiet'}
        render={<Link to={`/demo?tier=${tier}`} />}
      >
        Choose {name}
      </PricingLink>
    </li>
  )
}
