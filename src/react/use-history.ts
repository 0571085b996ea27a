'use client'

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { History } from '../engine/types.ts'
import { createWarn } from '../support/errors.ts'
import { useTracker } from './context.ts'

/** Also what a server knows, and the first render that takes its markup over. */
const nobody: History = { steps: [], session: '', now: 0 }
const never = () => () => {}

/**
 * What a stable `look` sees in the history: re-renders when that changes, by content, and at nothing else. `unknown`: a name
 * that the plan does not have, for the developer.
 */
export function useHistory<View>(hook: string, look: (history: History) => View, unknown?: string): View {
  const { journey } = useTracker()
  const [warn] = useState(createWarn)
  useEffect(() => {
    if (process.env.NODE_ENV === 'production') return
    if (!journey)
      warn(
        'RMC221',
        `${hook} looks at what came before, and this tracker remembers nothing. Import \`journey\` and pass it: createTracker({ plan, journey }).`,
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
