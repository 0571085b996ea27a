import { Faq } from './faq.tsx'
import { Pricing } from './pricing.tsx'

export function PricingPage() {
  return (
    <>
      <Pricing headingLevel={1} />
      <Faq />
    </>
  )
}
