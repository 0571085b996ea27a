import { useOverlay } from '../overlay-state.ts'
import { TroubleIcon } from '../parts/icons.tsx'
import { plural } from '../parts/time-words.ts'
import { useHealth } from './use-health.ts'

/** Button that leads to the problems, for a panel in which the tab of the Health view may be out of sight. */
export function HealthBadge() {
  const { state } = useOverlay()
  const { problems } = useHealth()
  if (problems === 0) return null
  return (
    <button
      type="button"
      className="stat health-badge"
      title={`Health: ${plural(problems, 'problem')}`}
      onClick={() => state.setState({ tab: 'health', settings: false })}
    >
      <TroubleIcon />
      <span className="unseen">Health: </span>
      {problems}
      <span className="unseen"> {problems === 1 ? 'problem' : 'problems'}</span>
    </button>
  )
}
