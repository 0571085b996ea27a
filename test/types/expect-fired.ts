import { definePlan, event, typed } from 'react-microconversions/core'
import type { AgentBridge, SessionFile } from 'react-microconversions/devtools'
import { createTestTracker, expectFired } from 'react-microconversions/testing'
import type { Equal } from './equal.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    pricing_clicked: event({ properties: typed<{ tier: 'starter' | 'pro'; seats: number }>() }),
    demo_booked: event({}),
  },
})
const tracking = createTestTracker(plan)

expectFired(tracking, 'demo_booked')
expectFired(tracking, 'pricing_clicked', { tier: 'pro' })
// @expect TS2345 "pricing_clickd"
expectFired(tracking, 'pricing_clickd')
// @expect TS2820|TS2322 "\"por\""
expectFired(tracking, 'pricing_clicked', { tier: 'por' })

/** The overlay is on the page, or it is not. */
export const bridge: Equal<Window['__microconversions__'], AgentBridge | undefined> = true
export const session: Equal<Awaited<ReturnType<AgentBridge['session']>>, SessionFile> = true
