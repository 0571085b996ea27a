import type { Database, KeyValue, Row } from '../platform/platform.ts'
import type { Landing } from './types.ts'

/** Objects, so that what waits for consent or for the database follows an id that is adopted later (C1, C11). */
export interface Visitor {
  id: string
  userId?: string | undefined
  /** Sessions so far, from 1. */
  visits: number
  /** When the session before this one began, epoch ms. */
  previousVisitAt?: number | undefined
}
export interface Session {
  id: string
  startedAt: number
  lastActivityAt: number
  landing: Landing | 'unknown'
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
  /** Of a session that begins now. */
  readonly landing: () => Landing | 'unknown'
  /** An id was replaced by one that another tab, or an earlier visit, has already. */
  readonly onAdopted: (scope: 'user' | 'session', from: string, to: string) => void
  /** A session, or with `reset` a visitor, is over. */
  readonly onEnded: (scope: 'user' | 'session', id: string) => void
  /** The database has said who is here, and in which session. */
  readonly onSettled: () => void
}

/** The key of the session's mirror in local storage. */
export const SESSION = 'session'
/** Activity is written at most this often. */
const ACTIVITY_MS = 5_000

/**
 * Who is here, and in which session. Sessions rotate lazily, at the next look, never by a timer (S1). Between tabs one
 * row of the database decides: whoever finds it missing or expired writes the next one, in the same transaction.
 */
export function createIdentity(options: IdentityOptions) {
  const { now, newId, idleMs, maxMs, landing, onAdopted, onEnded, onSettled } = options
  let stores: { readonly local: KeyValue; readonly database: Database } | undefined
  let visitor = newVisitor()
  let session: Session = newSession()
  let settling: Promise<unknown> = Promise.resolve()
  let open = 0
  /** `reset` came before storage could be asked: whoever is found there is not the one who is here. */
  let startedAnew = false

  function newVisitor(): Visitor {
    return { id: newId(), visits: 1 }
  }
  function newSession(): Session {
    return { id: newId(), startedAt: now(), lastActivityAt: now(), landing: landing() }
  }
  const alive = ({ startedAt, lastActivityAt }: Session) =>
    now() - lastActivityAt < idleMs &&
    now() - startedAt < maxMs &&
    Math.max(startedAt, lastActivityAt) <= now() + maxMs
  const remember = (local = stores?.local) => {
    local?.set('visitor', JSON.stringify(visitor))
    local?.set(SESSION, JSON.stringify(session))
  }

  /** Another person's visitor is not taken over: who identified here first stays (F12). */
  const ours = (found: Visitor | undefined) =>
    startedAnew || (found?.userId && visitor.userId && found.userId !== visitor.userId) ? undefined : found

  function adoptVisitor(mine: Visitor, found: Visitor | undefined): void {
    mine.userId ??= found?.userId
    mine.visits = found?.visits ?? mine.visits
    mine.previousVisitAt = found?.previousVisitAt ?? mine.previousVisitAt
    if (!found || found.id === mine.id) return
    const from = mine.id
    mine.id = found.id
    onAdopted('user', from, found.id)
  }

  function adoptSession(mine: Session, found: Session | undefined): void {
    if (!found) return
    mine.startedAt = found.startedAt
    mine.lastActivityAt = Math.max(mine.lastActivityAt, found.lastActivityAt)
    mine.landing = landingOf(found, mine)
    if (found.id === mine.id) return
    const from = mine.id
    mine.id = found.id
    onAdopted('session', from, found.id)
  }

  /** Asks the database who and which session it is; without an answer we keep our own. */
  function settle(expired?: string): Promise<void> {
    if (!stores) return Promise.resolve()
    const { database } = stores
    const mine = { visitor, session }
    open++
    const answer = database
      .update(['visitor', 'session'], ([visitorRow, sessionRow]) => {
        const foundVisitor = ours(asVisitor(visitorRow))
        const foundSession = asSession(sessionRow)
        const userId = foundVisitor?.userId ?? mine.visitor.userId
        const kept = foundVisitor && foundSession && foundSession.id !== expired && alive(foundSession)
        const session = kept
          ? { ...foundSession, landing: landingOf(foundSession, mine.session) }
          : mine.session
        if (kept && foundVisitor.userId === userId && session.landing === foundSession.landing)
          return undefined
        const visits = foundVisitor ? foundVisitor.visits + (kept ? 0 : 1) : mine.visitor.visits
        const previousVisitAt = foundVisitor
          ? ((kept ? undefined : foundSession?.startedAt) ?? foundVisitor.previousVisitAt)
          : mine.visitor.previousVisitAt
        const { id } = foundVisitor ?? mine.visitor
        return new Map<string, Row>([
          ['visitor', { id, ...(userId && { userId }), visits, ...(previousVisitAt && { previousVisitAt }) }],
          ['session', { ...session }],
        ])
      })
      .then(({ rows }) => {
        if (stores?.database !== database) return
        adoptVisitor(mine.visitor, asVisitor(rows[0]))
        adoptSession(mine.session, asSession(rows[1]))
        if (mine.visitor === visitor) startedAnew = false
        // Not before: other tabs would take over an id that may still give way.
        if (mine.visitor !== visitor || mine.session !== session) return
        remember()
        onSettled()
      })
      .finally(() => {
        open--
      })
    settling = answer.catch(() => {})
    return answer
  }

  /** Takes over what another tab has written since. */
  function reread(): void {
    if (!stores) return
    const { local } = stores
    const found = sessionIn(local)
    if (!found) return
    // While ours is not settled, what happened in it waits for the id that stands.
    if (found.id === session.id || (open > 0 && alive(found))) adoptSession(session, found)
    else if (alive(found)) session = found
    if (open > 0) adoptVisitor(visitor, ours(visitorIn(local)))
  }

  function current(): Who {
    reread()
    if (!alive(session)) {
      const { id: expired, startedAt } = session
      session = newSession()
      if (!stores) {
        visitor.visits++
        visitor.previousVisitAt = startedAt
      }
      settle(expired).catch(() => {})
      onEnded('session', expired)
    }
    return { visitor, session }
  }

  return {
    current,
    /** As it stands, though it may have expired: looking begins nothing. */
    present: (): Who => ({ visitor, session }),
    reread,
    /** Resolves when the database has said which ids stand. */
    settled: () => settling,
    isSettled: () => open === 0,
    touch(): void {
      if (now() - session.lastActivityAt < ACTIVITY_MS) return
      reread()
      if (!alive(session) || now() - session.lastActivityAt < ACTIVITY_MS) return
      session.lastActivityAt = now()
      if (open === 0) stores?.local.set(SESSION, JSON.stringify(session))
    },
    /** Storage may be used: an earlier visit's ids stand, else ours are written. Rejects if the database does not work. */
    attach(next: { readonly local: KeyValue; readonly database: Database }): Promise<void> {
      stores = next
      return settle()
    },
    /** What the mirror knows, before the database is open. */
    adopt(local: KeyValue): void {
      const stored = visitorIn(local)
      const found = sessionIn(local)
      if (stored && !ours(stored)) return
      adoptVisitor(visitor, stored)
      if (found && alive(found)) adoptSession(session, found)
    },
    /** The page is left before the database has answered: the next one takes over ours, where nobody else's are. */
    leave(local: KeyValue): void {
      const unsettled = !stores || open > 0
      if (!unsettled || (visitorIn(local) && !startedAnew)) return
      remember(local)
    },
    /** Storage does not work: the ids stand as long as this page. */
    detach(): void {
      stores = undefined
    },
    /** Storage may no longer be used: whoever comes now is somebody else. */
    forget(): void {
      stores = undefined
      visitor = newVisitor()
      session = newSession()
    },
    /** Another tab has identified, or started anew. */
    onStorage(key: string): void {
      const found = stores && key === 'visitor' ? visitorIn(stores.local) : undefined
      if (!found) return
      if (found.id === visitor.id || (open > 0 && ours(found))) adoptVisitor(visitor, found)
      else if (open === 0) visitor = found
    },
    identify(userId: string): void {
      visitor.userId = userId
      remember()
      void stores?.database.update([], () => new Map([['visitor', { ...visitor }]])).catch(() => {})
    },
    reset(): void {
      const before = { visitor, session }
      visitor = newVisitor()
      session = newSession()
      startedAnew = !stores
      remember()
      void stores?.database
        .update(
          [],
          () =>
            new Map<string, Row>([
              ['visitor', { ...visitor }],
              ['session', { ...session }],
            ]),
        )
        .catch(() => {})
      onEnded('session', before.session.id)
      onEnded('user', before.visitor.id)
    },
  }
}

export type Identity = ReturnType<typeof createIdentity>

const visitorIn = (local: KeyValue) => asVisitor(parse(local.get('visitor')))
const sessionIn = (local: KeyValue) => asSession(parse(local.get(SESSION)))

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The landing stays; a campaign that comes later in the session takes the place of the first (S2). */
function landingOf(found: Session, mine: Session): Session['landing'] {
  const campaign = mine.landing !== 'unknown' ? mine.landing.campaign : undefined
  const known = found.landing !== 'unknown' && found.landing
  if (!campaign || (known && JSON.stringify(known.campaign) === JSON.stringify(campaign)))
    return found.landing
  return known ? { ...known, campaign } : mine.landing
}

function asVisitor(value: unknown): Visitor | undefined {
  const { id, userId, visits, previousVisitAt } = (value ?? {}) as Partial<Visitor>
  if (typeof id !== 'string' || !id) return undefined
  return {
    id,
    ...(typeof userId === 'string' ? { userId } : {}),
    visits: Number.isInteger(visits) ? (visits as number) : 1,
    ...(Number.isFinite(previousVisitAt) ? { previousVisitAt } : {}),
  }
}

function asSession(value: unknown): Session | undefined {
  const { id, startedAt, lastActivityAt, landing } = (value ?? {}) as Partial<Session>
  if (typeof id !== 'string' || !Number.isFinite(startedAt) || !Number.isFinite(lastActivityAt))
    return undefined
  return {
    id,
    startedAt: startedAt as number,
    lastActivityAt: lastActivityAt as number,
    landing: typeof landing === 'object' && landing?.url !== undefined ? landing : 'unknown',
  }
}
