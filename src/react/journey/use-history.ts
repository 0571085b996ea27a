'use client'

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { History } from '../../engine/journey/journey-view.ts'
import { createWarn } from '../../support/errors.ts'
import { useTracker } from '../context.ts'

/** Empty history, also used during server rendering and hydration. */
const nobody: History = { steps: [], session: '', now: 0 }
const never = () => () => {}

/**
 * Returns what `look` reads from the history, and re-renders only when that changes, compared by content. `look` must
 * keep its identity between renders. `unknown` is a name that the plan does not declare; in development it causes a
 * warning.
 */
export function useHistory<View>(hook: string, look: (history: History) => View, unknown?: string): View {
  const { journey } = useTracker()
  const [warn] = useState(createWarn)
  useEffect(() => {
    if (process.env.NODE_ENV === 'production') return
    if (!journey)
      warn(
        'RMC221',
        `${hook} looks at what came before, and this tracker remembers nothing. Import \`journey\` and add it: createTracker({ plan, plugins: [journey()] }).`,
      )
    if (unknown !== undefined)
      warn('RMC222', `${hook} was given "${unknown}", which the plan does not have. Correct the name.`)
  }, [journey, hook, unknown, warn])
  const { onServer, present } = useMemo(() => {
    const empty = look(nobody)
    let seen = nobody
    let view = empty
    return {
      onServer: () => empty,
      present: () => {
        const history = journey?.get() ?? nobody
        if (history !== seen) {
          seen = history
          const next = look(history)
          if (JSON.stringify(next) !== JSON.stringify(view)) view = next
        }
        return view
      },
    }
  }, [journey, look])
  return useSyncExternalStore(journey?.subscribe ?? never, present, onServer)
}
