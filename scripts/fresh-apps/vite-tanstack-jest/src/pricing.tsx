import { PricingLink, useTrack } from 'react-microconversions'

export function Pricing() {
  const track = useTrack()
  return (
    <main>
      <PricingLink event="pricing_clicked" href="#pricing">
        See pricing
      </PricingLink>
      <button type="button" onClick={() => track('demo_booked')}>
        Book a demo
      </button>
    </main>
  )
}
