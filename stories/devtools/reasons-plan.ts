import { definePlan, event } from 'react-microconversions'
import { memory } from 'react-microconversions/destinations'
import * as z from 'zod'
import { tracking } from '../support/beside.tsx'

/** One event for each reason that a page can show at will. */
export const reasonsPlan = definePlan({
  name: 'reasons',
  version: '1',
  events: {
    step_admitted: event({ description: 'Nothing is in its way' }),
    step_limited: event({ frequency: 'once-per-session' }),
    step_waiting: event({ destinations: { memory: false, ads: false } }),
    step_refused: event({ destinations: { memory: false, support: false } }),
    step_homeless: event({ destinations: { memory: false, ads: false, support: false } }),
    step_typed: event({ properties: z.object({ tier: z.enum(['starter', 'pro']) }) }),
    step_judged: event({ description: 'Has a success criterion', counts: () => false }),
    step_stopped: event({ description: 'The site stops it in beforeSend' }),
    step_drafted: event({ status: 'draft' }),
    step_retired: event({ status: 'retired' }),
    step_shadowed: event({ status: 'shadow' }),
    step_rolled: event({ rollout: 0 }),
    step_sampled: event({ sampleRate: 0 }),
  },
})

export const reasons = tracking({
  plan: reasonsPlan,
  list: false,
  invalid: 'drop',
  consent: { analytics: 'granted', marketing: 'denied', support: 'pending' },
  destinations: [
    memory({ name: 'ads', consent: 'marketing' }),
    memory({ name: 'support', consent: 'support' }),
  ],
  beforeSend: (sent) => (sent.name === 'step_stopped' ? null : sent),
})

/** The button to press, what it reports, and what becomes of it. */
export const attempts = [
  { label: 'Fired', event: 'step_admitted', verdict: 'fired' },
  { label: 'Once per session', event: 'step_limited', verdict: 'fired' },
  { label: 'Held until consent', event: 'step_waiting', verdict: 'held: consent-pending' },
  { label: 'Consent denied', event: 'step_refused', verdict: 'dropped: consent-denied' },
  { label: 'No destination', event: 'step_homeless', verdict: 'dropped: no-destination' },
  { label: 'Wrong property', event: 'step_typed', verdict: 'dropped: invalid-properties' },
  { label: 'Not in the plan', event: 'step_admited', verdict: 'dropped: unknown-event' },
  { label: 'Does not count', event: 'step_judged', verdict: 'dropped: not-counted' },
  { label: 'Stopped by the site', event: 'step_stopped', verdict: 'dropped: before-send' },
  { label: 'Draft', event: 'step_drafted', verdict: 'dropped: draft' },
  { label: 'Retired', event: 'step_retired', verdict: 'dropped: retired' },
  { label: 'Shadow', event: 'step_shadowed', verdict: 'shadowed: shadow' },
  { label: 'Not in the rollout', event: 'step_rolled', verdict: 'dropped: not-in-rollout' },
  { label: 'Not in the sample', event: 'step_sampled', verdict: 'dropped: sampled-out' },
] as const
