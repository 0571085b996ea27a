import type { ReactElement } from 'react'
import {
  TrackedButton,
  TrackedLink,
  useChecklist,
  useReturnVisit,
  useSearchTracking,
} from 'react-microconversions'

export function Links(): ReactElement {
  return (
    <>
      <TrackedLink href="/guide.pdf">Guide</TrackedLink>
      <TrackedLink
        href="/guide.pdf"
        events={{ download: 'demo_booked', mail: 'demo_booked' }}
        className="a"
      />
      <TrackedLink
        href="tel:1"
        events={{ phone: { event: 'pricing_clicked', properties: { tier: 'pro' } } }}
        ownDomains={['shop.example']}
      />
      <TrackedLink event="pricing_clicked" properties={{ tier: 'pro' }} href="/" />
      <TrackedLink
        event="demo_booked"
        render={<a href="/demo">Demo</a>}
        onClick={(click) => click.currentTarget.href}
      />
      <TrackedButton event="pricing_clicked" properties={{ tier: 'pro' }} type="button" />
      <TrackedButton event="demo_booked" onClick={(click) => click.currentTarget.disabled} />
      {/* @expect TS2820 "Did you mean '\"demo_booked\"'" */}
      <TrackedButton event="demo_bookd" />
      {/* @expect TS2322 "'\"gold\"' is not assignable" */}
      <TrackedButton event="pricing_clicked" properties={{ tier: 'gold' }} />
      {/* @expect TS2322 "{ event: \"pricing_clicked\"; properties: { tier: " */}
      <TrackedLink href="/" events={{ internal: 'pricing_clicked' }} />
      {/* @expect TS2322 "'\"gold\"' is not assignable" */}
      <TrackedLink event="pricing_clicked" properties={{ tier: 'gold' }} href="/" />
    </>
  )
}

export function useCatalogue(term: string, found: number | undefined): void {
  const setup = useChecklist({
    name: 'setup',
    items: ['project_created', 'teammate_invited'],
    completed: ['project_created'],
    events: { complete: 'demo_booked' },
  })
  setup.complete('teammate_invited')
  // @expect TS2345 "'\"tool_integrated\"' is not assignable"
  setup.complete('tool_integrated')
  useSearchTracking({ name: 'docs', term, results: found })
  useSearchTracking({
    name: 'docs',
    term,
    results: null,
    filters: ['price'],
    events: { nothing: 'demo_booked' },
  })
  useReturnVisit()
  useReturnVisit({ within: '7d', events: { return: 'demo_booked' } })
  // @expect TS2322 "{ event: \"pricing_clicked\"; properties: { tier: "
  useReturnVisit({ events: { return: 'pricing_clicked' } })
}
