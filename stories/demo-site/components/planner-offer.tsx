import { Link } from '../router.tsx'
import { useOccurred } from '../tracking.ts'

/** A user who has opened pricing lately, and booked nothing yet, may have a question. Decided in the page, by its own events. */
export function PlannerOffer() {
  const isTempted = useOccurred({ event: 'pricing_clicked', within: '3d' })
  const hasBooked = useOccurred({ event: 'demo_booked' })
  if (!isTempted || hasBooked) return null
  return (
    <aside className="planner" aria-label="An offer">
      <p>
        <strong>Between two tiers?</strong> A planner reads last month’s roster and tells you which one it
        needs.
      </p>
      <Link to="/demo" className="button small quiet">
        Ask a planner
      </Link>
    </aside>
  )
}
