import { definePlan, event, forPlan, PricingLink, typed, useTrack } from 'react-microconversions'

const adminPlan = definePlan({
  name: 'admin',
  version: '1',
  events: {
    seat_added: event({ properties: typed<{ role: 'planner' | 'worker' }>() }),
    upgrade_clicked: event({ frequency: 'once-per-session' }),
  },
})

/** The same components and hooks, as they look for the second plan. */
export const Admin = forPlan(adminPlan, { PricingLink, useTrack })

export function Seats() {
  const track = Admin.useTrack()
  return (
    <>
      <button type="button" onClick={() => track('seat_added', { role: 'planner' })}>
        Add a planner
      </button>
      <Admin.PricingLink event="upgrade_clicked" href="/upgrade">
        Upgrade
      </Admin.PricingLink>
    </>
  )
}
