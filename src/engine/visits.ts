import { call } from '../support/listeners.ts'
import type { VisitorContext } from './types.ts'

type Listener = (visitor: VisitorContext) => void

interface Visit {
  readonly session: string
  /** Undefined while nobody can tell. */
  readonly visitor: VisitorContext | undefined
}

/** Tells which visit this is, once each: when storage has said so, and whenever another one begins. */
export function createVisits(current: () => Visit) {
  const listeners = new Map<Listener, string | undefined>()
  function tellOne(listener: Listener): void {
    const { session, visitor } = current()
    if (!visitor || listeners.get(listener) === session) return
    listeners.set(listener, session)
    call(() => listener(visitor))
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
