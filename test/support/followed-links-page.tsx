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
  useContentLinks,
} from 'react-microconversions'
import { http } from 'react-microconversions/destinations'

/** Links whose clicks a child stops, on their way to a page without a tracker. A child that also prevents stays here. */
const plan = definePlan({
  name: 'followed-links',
  version: '1',
  events: { link_followed: event({ properties: typed<{ round: string }>() }) },
})
const tracker = createTracker({ plan, consent: 'granted', destinations: [http({ url: '/collect' })] })
const round = location.search.slice(1)
const [, kind, inner] = round.split('-')

function stop(click: Event) {
  click.stopPropagation()
  if (inner === 'taken') click.preventDefault()
}
const child = createElement('b', { onClick: stop }, 'Go')

function Content() {
  const followed = { event: 'link_followed', properties: { round } } as const
  return (
    <main ref={useContentLinks({ events: { internal: followed } })}>
      <a href="/other">{child}</a>
    </main>
  )
}

function Tracked() {
  if (kind === 'content') return <Content />
  const Link = kind === 'pricing' ? PricingLink<'link_followed'> : TrackedLink<'link_followed'>
  return (
    <Link event="link_followed" properties={{ round }} href="/other">
      {child}
    </Link>
  )
}

createRoot(document.body.appendChild(document.createElement('div'))).render(
  <MicroconversionProvider tracker={tracker}>
    <Tracked />
  </MicroconversionProvider>,
)
