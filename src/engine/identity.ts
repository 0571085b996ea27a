import type { Database, KeyValue } from '../platform/platform.ts'

/** Objects, so that what waits for consent or for the database follows an id that is adopted later (C1, C11). */
export interface Visitor {
  id: string
  userId?: string | undefined
}
export interface Session {
  id: string
  startedAt: number
  lastActivityAt: number
}
export interface Who {
  readonly visitor: Visitor
  readonly session: Session
}

interface IdentityOptions {
  readonly now: () => number
  readonly newId: () => string
  readonly idleMs: number
  readonly maxMs: number
  /** An id was replaced by one that another tab, or an earlier visit, has already. */
  readonly onAdopted: (scope: 'user' | 'session', from: string, to: string) => void
  /** A session, or with `reset` a visitor, is over. */
  readonly onEnded: (scope: 'user' | 'session', id: string) => void
}

/** Activity is written at most this often. */
const ACTIVITY_MS = 5_000

/**
 * Who is here, and in which session. Sessions rotate lazily, at the next look, never by a timer (S1). Between tabs one
 * row of the database decides: whoever finds it missing or expired writes the next one, in the same transaction.
 */
export function createIdentity({ now, newId, idleMs, maxMs, onAdopted, onEnded }: IdentityOptions) {
  let stores: { readonly local: KeyValue; readonly database: Database } | undefined
  let visitor: Visitor = { id: newId() }
  let session: Session = { id: newId(), startedAt: now(), lastActivityAt: now() }
  let settling: Promise<unknown> = Promise.resolve()
  let open = 0

  const alive = ({ startedAt, lastActivityAt }: Session) =>
    now() - lastActivityAt < idleMs && now() - startedAt < maxMs && startedAt <= now() + maxMs
  const remember = () => {
    stores?.local.set('visitor', JSON.stringify(visitor))
    stores?.local.set('session', JSON.stringify(session))
  }

  /** Another person's visitor is not taken over: who identified here first stays (F12). */
  const ours = (found: Visitor | undefined) =>
    found?.userId && visitor.userId && found.userId !== visitor.userId ? undefined : found

  function adoptVisitor(found: Visitor | undefined): void {
    if (!found || found.id === visitor.id) {
      if (found?.userId && !visitor.userId) visitor.userId = found.userId
      return
    }
    const from = visitor.id
    visitor.id = found.id
    visitor.userId ??= found.userId
    onAdopted('user', from, found.id)
  }

  function adoptSession(found: Session | undefined): void {
    if (!found) return
    if (found.id !== session.id) {
      const from = session.id
      session.id = found.id
      onAdopted('session', from, found.id)
    }
    session.startedAt = found.startedAt
    session.lastActivityAt = Math.max(session.lastActivityAt, found.lastActivityAt)
  }

  /** Asks the database who and which session it is; without an answer we keep our own. */
  function settle(expired?: string): void {
    if (!stores) return
    const { database, local } = stores
    const mine = { visitor, session }
    open++
    settling = database
      .update(['visitor', 'session'], ([visitorRow, sessionRow]) => {
        const foundVisitor = ours(asVisitor(visitorRow))
        const foundSession = asSession(sessionRow)
        const keepSession = foundSession && foundSession.id !== expired && alive(foundSession) && foundVisitor
        if (foundVisitor && keepSession) return undefined
        return [
          { ...(foundVisitor ?? mine.visitor) },
          keepSession ? { ...foundSession } : { ...mine.session },
        ]
      })
      .then(({ rows }) => {
        if (stores?.database !== database || mine.visitor !== visitor) return
        adoptVisitor(asVisitor(rows[0]))
        if (mine.session === session) adoptSession(asSession(rows[1]))
        local.set('visitor', JSON.stringify(visitor))
        local.set('session', JSON.stringify(session))
      })
      .catch(() => {})
      .finally(() => void open--)
  }

  /** Takes over what another tab has written since. */
  function reread(): void {
    if (!stores) return
    const found = asSession(parse(stores.local.get('session')))
    if (found && found.id !== session.id && alive(found)) session = found
    else if (found?.id === session.id)
      session.lastActivityAt = Math.max(session.lastActivityAt, found.lastActivityAt)
  }

  function current(): Who {
    reread()
    if (!alive(session)) {
      const expired = session.id
      session = { id: newId(), startedAt: now(), lastActivityAt: now() }
      remember()
      settle(expired)
      onEnded('session', expired)
    }
    return { visitor, session }
  }

  return {
    current,
    /** Resolves when the database has said which ids stand. */
    settled: () => settling,
    isSettled: () => open === 0,
    touch(): void {
      if (!alive(session) || now() - session.lastActivityAt < ACTIVITY_MS) return
      session.lastActivityAt = now()
      stores?.local.set('session', JSON.stringify(session))
    },
    /** Storage may be used: an earlier visit's ids stand, else ours are written. */
    attach(next: { readonly local: KeyValue; readonly database: Database }): Promise<unknown> {
      stores = next
      settle()
      return settling
    },
    /** What the mirror knows, before the database is open. */
    adopt(local: KeyValue): void {
      const stored = asVisitor(parse(local.get('visitor')))
      if (stored && !ours(stored)) return
      adoptVisitor(stored)
      const found = asSession(parse(local.get('session')))
      if (found && alive(found)) adoptSession(found)
    },
    detach(): void {
      stores = undefined
      visitor = { id: newId() }
      session = { id: newId(), startedAt: now(), lastActivityAt: now() }
    },
    /** Another tab has identified, or started anew. */
    onStorage(key: string): void {
      const found = stores && key === 'visitor' ? asVisitor(parse(stores.local.get('visitor'))) : undefined
      if (!found) return
      if (found.id === visitor.id) visitor.userId = found.userId
      else visitor = found
    },
    identify(userId: string): void {
      visitor.userId = userId
      remember()
      void stores?.database.update(['visitor'], () => [{ ...visitor }]).catch(() => {})
    },
    reset(): void {
      const before = { visitor, session }
      visitor = { id: newId() }
      session = { id: newId(), startedAt: now(), lastActivityAt: now() }
      remember()
      void stores?.database
        .update(['visitor', 'session'], () => [{ ...visitor }, { ...session }])
        .catch(() => {})
      onEnded('session', before.session.id)
      onEnded('user', before.visitor.id)
    },
  }
}

export type Identity = ReturnType<typeof createIdentity>

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function asVisitor(value: unknown): Visitor | undefined {
  const { id, userId } = (value ?? {}) as Partial<Visitor>
  return typeof id === 'string' && id ? { id, ...(typeof userId === 'string' ? { userId } : {}) } : undefined
}

function asSession(value: unknown): Session | undefined {
  const { id, startedAt, lastActivityAt } = (value ?? {}) as Partial<Session>
  if (typeof id !== 'string' || !Number.isFinite(startedAt) || !Number.isFinite(lastActivityAt))
    return undefined
  return { id, startedAt: startedAt as number, lastActivityAt: lastActivityAt as number }
}
