import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import {
  createTracker,
  definePlan,
  event,
  MicroconversionProvider,
  PricingLink,
  TrackedLink,
  typed,
} from 'react-microconversions'
import { http } from 'react-microconversions/destinations'

/** Links whose clicks a child stops, on their way to a page without a tracker. */
const plan = definePlan({
  name: 'followed-links',
  version: '1',
  events: { link_followed: event({ properties: typed<{ round: string }>() }) },
})
const tracker = createTracker({ plan, consent: 'granted', destinations: [http({ url: '/collect' })] })
const round = location.search.slice(1)
const child = createElement('b', { onClick: (click: Event) => click.stopPropagation() }, 'Go')
const Tracked = round.endsWith('pricing') ? PricingLink<'link_followed'> : TrackedLink<'link_followed'>

createRoot(document.body.appendChild(document.createElement('div'))).render(
  <MicroconversionProvider tracker={tracker}>
    <Tracked event="link_followed" properties={{ round }} href="/other">
      {child}
    </Tracked>
  </MicroconversionProvider>,
)
