import { plural } from '../parts/time-words.ts'
import { useHealth } from './use-health.ts'

/** Number of problems, for the tab title. */
export function HealthCount() {
  const { problems } = useHealth()
  if (problems === 0) return null
  return (
    <span className="badge-count">
      <span aria-hidden="true">{problems}</span>
      <span className="unseen"> ({plural(problems, 'problem')})</span>
    </span>
  )
}
