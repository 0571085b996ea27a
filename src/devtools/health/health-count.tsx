import { plural } from '../parts/time-words.ts'
import { useHealth } from './use-health.ts'

/** In the tab: how much is wrong. */
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
