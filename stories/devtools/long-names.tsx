import { journey, TrackedButton, useTrack } from 'react-microconversions'
import { definePlan, event } from 'react-microconversions/core'
import { memory } from 'react-microconversions/destinations'
import * as z from 'zod'
import { tracking } from '../support/beside.tsx'
import { collector } from './collectors.ts'

const words =
  'Counts once for each comparison of enterprise plans that a returning user with a team has read to its end'

/** Plan with names, descriptions and values as long as those of large companies. */
const longPlan = definePlan({
  name: 'enterprise-website-and-documentation-of-all-regions',
  version: '2026.11.30-release-candidate.14',
  events: {
    enterprise_plan_comparison_table_scrolled_to_its_end: event({
      description: words,
      owner: 'growth-and-lifecycle-marketing-emea',
      stage: 'consideration',
      intent: 'high',
      frequency: { max: 3, per: { window: '24h' }, minGap: '30s' },
      properties: z.object({ campaign: z.string(), seats: z.number().optional() }),
    }),
    security_and_compliance_whitepaper_requested_by_mail: event({
      description: words,
      owner: 'growth-and-lifecycle-marketing-emea',
      macro: true,
      frequency: 'once-per-user',
    }),
    comparison_table_scrolled_twice_without_a_request: event({
      after: { event: 'enterprise_plan_comparison_table_scrolled_to_its_end', times: 2, within: '7d' },
    }),
    next_generation_comparison_table_seen: event({ status: 'shadow', description: words }),
  },
  funnels: {
    'from-comparison-to-whitepaper-for-returning-teams': [
      'enterprise_plan_comparison_table_scrolled_to_its_end',
      'security_and_compliance_whitepaper_requested_by_mail',
    ],
  },
})

export const longNames = tracking({
  plan: longPlan,
  list: false,
  plugins: [journey()],
  invalid: 'drop',
  consent: { analytics: 'granted', 'marketing-and-retargeting-by-partners': 'denied' },
  destinations: [
    collector('warehouse-of-the-data-platform-team', {
      status: 422,
      body: JSON.stringify({ error: 'no_such_column_in_the_schema_of_the_warehouse'.repeat(4) }),
    }),
    memory({ name: 'advertising-network-of-a-partner', consent: 'marketing-and-retargeting-by-partners' }),
  ],
})

/** Buttons that report the events of the long plan, well and badly. */
export function LongNamesPage() {
  const track = useTrack()
  const campaign = 'autumn-2026/enterprise/emea/retargeting/'.repeat(8)
  return (
    <div className="row">
      <button
        type="button"
        onClick={() =>
          track('enterprise_plan_comparison_table_scrolled_to_its_end', { campaign, seats: 12_000 })
        }
      >
        Scroll the table
      </button>
      <button
        type="button"
        onClick={() => track('enterprise_plan_comparison_table_scrolled_to_its_end', { campaign: 7 })}
      >
        Wrong property
      </button>
      <button type="button" onClick={() => track('enterprise_plan_comparison_table_scroled_to_its_end')}>
        Misspelled
      </button>
      <button type="button" onClick={() => track('next_generation_comparison_table_seen')}>
        Shadow
      </button>
      <TrackedButton event="security_and_compliance_whitepaper_requested_by_mail">Request</TrackedButton>
    </div>
  )
}
