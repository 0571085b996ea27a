import { createElement } from 'react'
import {
  createTracker,
  definePlan,
  event,
  MicroconversionProvider,
  PricingLink,
  Impression as Seen,
  typed,
} from 'react-microconversions'

const plan = definePlan({
  name: 'peers',
  version: '1',
  events: { plan_viewed: event({ properties: typed() }), row_seen: event({ properties: typed() }) },
})
const tracker = createTracker({ plan, consent: 'granted' })

export const Wrap = ({ children }) => createElement(MicroconversionProvider, { tracker }, children)
export const Link = (event, href, text) => createElement(PricingLink, { key: href, event, href }, text)
export const Impression = (_, href, text) =>
  createElement(Seen, { key: href, name: 'row', itemKey: href }, createElement('a', { href }, text))
