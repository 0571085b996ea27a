import Link from 'next/link'
import { PricingLink } from 'react-microconversions'
import { Booking } from './booking'

export default function Home() {
  return (
    <main>
      <PricingLink event="pricing_clicked" render={<Link href="#pricing" />}>
        See pricing
      </PricingLink>
      <Booking />
    </main>
  )
}
