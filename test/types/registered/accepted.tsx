import type { ComponentPropsWithRef, ReactElement } from 'react'
import { useRef } from 'react'
import {
  createTracker,
  type Decision,
  type EventName,
  journey,
  MicroconversionProvider,
  PricingLink,
  useTrack,
  useTracker,
} from 'react-microconversions'
import type { EventName as EventNameOfCore } from 'react-microconversions/core'
import type { Equal } from '../equal.ts'
import { plan } from './plan.ts'

export const tracker = createTracker({ plan, consent: 'pending', plugins: [journey()] })

export const registered = 'pricing_clicked' satisfies EventName
export const oneName: Equal<EventName, EventNameOfCore> = true

export function calls(either: boolean, seconds: number): Decision[] {
  const track = useTrack()
  return [track, tracker.track, useTracker().track].flatMap((track) => [
    track('demo_booked'),
    track('demo_booked', undefined, { id: 'A-1' }),
    track('pricing_clicked', { tier: 'pro' }, { id: 'A-1' }),
    track('faq_opened', undefined, { id: 'A-1' }),
    track('pricing_clicked', { tier: 'pro' }),
    track('faq_opened'),
    track('faq_opened', {}),
    track('faq_opened', { question: 'why' }),
    track('product_viewed', { sku: 'a', tags: [], price: '12' }),
    track('product_viewed', { sku: 'a', tags: ['new'], price: '12', currency: 'USD' }),
    track('chat_opened', { by: 'visitor', field: 'email' }),
    track('chat_opened', { by: 'timer', seconds }),
    // Several names at once, if they need the same.
    track(either ? 'demo_booked' : 'faq_opened'),
  ])
}

export function Links({ href, maybe }: { href: string; maybe: string | undefined }): ReactElement {
  const ref = useRef<HTMLAnchorElement>(null)
  return (
    <MicroconversionProvider tracker={tracker}>
      <PricingLink event="demo_booked" href={href}>
        Book a demo
      </PricingLink>
      <PricingLink
        event="pricing_clicked"
        properties={{ tier: 'starter' }}
        ref={ref}
        className={maybe}
        data-testid="a"
      />
      <PricingLink event="faq_opened" properties={undefined} onClick={(click) => click.currentTarget.href} />
      <PricingLink event="faq_opened" properties={{}} key="faq" aria-label="FAQ" target={maybe} />
      <PricingLink
        event="chat_opened"
        properties={{ by: 'timer', seconds: 3 }}
        ref={(link) => void link?.focus()}
      />
      <PricingLink event="product_viewed" properties={{ sku: 'a', tags: ['new'], price: '12' }} />
      <PricingLink event="demo_booked" render={<RouterLink to="/demo" prefetch />} />
      <PricingLink event="demo_booked" render={(props) => <RouterLink {...props} to="/demo" />} />
      <PricingLink event="demo_booked" render={(props) => <a {...props}>{props.children}</a>} />
      <PricingLink event="demo_booked" render={maybe === undefined ? undefined : <a href={maybe}>Book</a>} />
    </MicroconversionProvider>
  )
}

/** A component of the application's own keeps the types of the one that it wraps. */
export const Cta: typeof PricingLink = (props) => <PricingLink {...props} className="cta" />
export const cta: ReactElement = <Cta event="pricing_clicked" properties={{ tier: 'pro' }} href="/" />

export function useLoggedTrack(): typeof tracker.track {
  const track = useTrack()
  return (event, ...properties) => track(event, ...properties)
}

interface RouterLinkProps extends Omit<ComponentPropsWithRef<'a'>, 'href'> {
  to: string
  prefetch?: boolean
}

declare function RouterLink(props: RouterLinkProps): ReactElement
