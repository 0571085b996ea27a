import { call } from '../../support/listeners.ts'
import type { UserContext } from './visit.ts'

type Listener = (user: UserContext) => void

interface Visit {
  readonly session: string
  /** Undefined while it is unknown. */
  readonly user: UserContext | undefined
}

/** Notifies listeners once of each visit: when storage has provided its number, and whenever another visit begins. */
export function createVisits(current: () => Visit) {
  const listeners = new Map<Listener, string | undefined>()
  function tellOne(listener: Listener): void {
    const { session, user } = current()
    if (!user || listeners.get(listener) === session) return
    listeners.set(listener, session)
    call(() => listener(user))
  }
  return {
    tell: () => {
      for (const listener of [...listeners.keys()]) tellOne(listener)
    },
    listen(listener: Listener): () => void {
      listeners.set(listener, undefined)
      tellOne(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export type Visits = ReturnType<typeof createVisits>
