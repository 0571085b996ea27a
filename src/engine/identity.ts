import type { Database, KeyValue, Row } from '../platform/platform.ts'
import { type AgreementOptions, createAgreement } from './agreement.ts'
import type { Landing } from './types.ts'

/** Objects, so that what waits for consent or for the database follows an id that is adopted later. */
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

interface IdentityOptions extends Pick<AgreementOptions, 'later' | 'exclusively'> {
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
  /** The application has said who is here: other trackers of this document hear of it. */
  readonly onSaid: () => void
}

/** The key of the session's row, and of its mirror in local storage. */
export const SESSION = 'session'
/** Key of the user that a tab assumes until the database has answered. */
const PROPOSAL = 'proposal'
/** Activity is written to the mirror at most this often, */
const ACTIVITY_MS = 5_000
/** and to the database, which must do where the mirror was lost. */
const ROW_ACTIVITY_MS = 5 * 60_000

/**
 * Who is here, and in which session. Sessions rotate lazily, at the next look, never by a timer: timers are throttled, and
 * tabs wake together. Between tabs one row of the database decides: the tab that finds it missing or expired writes the
 * next one, in the same transaction.
 */
export function createIdentity(options: IdentityOptions) {
  const { now, newId, idleMs, maxMs, landing, onAdopted, onEnded, onSettled, onSaid } = options
  /** Local storage, while it is permitted: also before the database is open. */
  let mirror: KeyValue | undefined
  let stores: { readonly local: KeyValue; readonly database: Database } | undefined
  let visitor = newVisitor()
  let session: Session = newSession()
  let settling: Promise<unknown> = Promise.resolve()
  let open = 0
  /** Another tab has found the session in which this one is, too. */
  let hear = () => {}
  /** The activity that the database knows of. */
  let rowActivityAt = 0
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
  const remember = (local = mirror) => {
    local?.set('visitor', JSON.stringify(visitor))
    local?.set(SESSION, JSON.stringify(session))
  }

  /** Another person's visitor is not taken over: the one who identified here first stays. */
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
  function settle(): Promise<void> {
    if (!stores) return Promise.resolve()
    const { database, local } = stores
    const mine = { visitor, session }
    open++
    return database
      .update(['visitor', 'session'], ([visitorRow, sessionRow]) => {
        const foundVisitor = ours(asVisitor(visitorRow))
        // Another tab may have left with what it proposed.
        if (!foundVisitor && mine.visitor === visitor) takeOver()
        const foundSession = withActivity(asSession(sessionRow), [mine.session, sessionIn(local)])
        const userId = foundVisitor?.userId ?? mine.visitor.userId
        const kept = foundVisitor && foundSession && alive(foundSession)
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
        const found = withActivity(asSession(rows[1]), [sessionIn(local)])
        adoptVisitor(mine.visitor, asVisitor(rows[0]))
        adoptSession(mine.session, found)
        if (mine.visitor === visitor) startedAnew = false
        // Not before: other tabs would take over an id that may still give way.
        if (mine.visitor !== visitor || mine.session !== session) return
        rowActivityAt = asSession(rows[1])?.lastActivityAt ?? 0
        remember()
        local.remove(PROPOSAL)
        onSettled()
      })
      .finally(() => {
        open--
      })
  }

  /**
   * Takes user and session from local storage: those that the database decided, else the proposed ones. False
   * if it finds no session.
   */
  function takeOver(): boolean {
    if (!mirror) return false
    const proposed = parse(mirror.get(PROPOSAL)) as
      | { visitor?: unknown; session?: unknown }
      | null
      | undefined
    const foundVisitor = ours(visitorIn(mirror)) ?? ours(asVisitor(proposed?.visitor))
    if (!foundVisitor) return false
    adoptVisitor(visitor, foundVisitor)
    const foundSession = [sessionIn(mirror), asSession(proposed?.session)].find((each) => each && alive(each))
    adoptSession(session, foundSession)
    return foundSession !== undefined
  }

  /** Apart from what the database has decided: tabs that have heard from it must not take over what may give way. */
  const propose = (local = mirror) => local?.set(PROPOSAL, JSON.stringify({ visitor, session }))

  /** Storage is permitted, and the database has not said who is here. */
  const isOpen = () => mirror !== undefined && (!stores || open > 0)
  const agreement = createAgreement({
    ...options,
    agree: () => {
      if (isOpen() && !takeOver()) propose()
    },
    takeOver: () => void (isOpen() && takeOver()),
  })

  /** Takes over what another tab has written since. */
  function reread(): void {
    if (!stores) return
    const found = sessionIn(stores.local)
    if (!found) return
    // While ours is not settled, what happened in it waits for the id that stands.
    if (found.id === session.id || (open > 0 && alive(found))) adoptSession(session, found)
    else if (alive(found)) session = found
    if (open > 0) adoptVisitor(visitor, ours(visitorIn(stores.local)))
  }

  function current(): Who {
    reread()
    if (!alive(session)) rotate(session)
    return { visitor, session }
  }

  /** Another tab has identified, or started anew. */
  function heed(key: string): void {
    if (key === SESSION && stores && open > 0 && takeOver()) hear()
    const found = stores && key === 'visitor' ? visitorIn(stores.local) : undefined
    if (!found) return
    if (found.id === visitor.id || (open > 0 && ours(found))) adoptVisitor(visitor, found)
    else if (open === 0) visitor = found
  }

  function rotate(expired: Session): void {
    session = newSession()
    if (!stores) {
      visitor.visits++
      visitor.previousVisitAt = expired.startedAt
      onEnded('session', expired.id)
      return
    }
    const answer = settle()
    const heard = new Promise<void>((resolve) => {
      hear = resolve
    })
    settling = agreement.judged(Promise.race([answer, heard]))
    // A tab that slept may not have seen the activity of others: the database may give the session back.
    const end = () => session.id === expired.id || onEnded('session', expired.id)
    void answer.then(end, end)
  }

  /** The mirror may be lost, by `localStorage.clear()` or with the browser's process. */
  function storeActivity(): void {
    const { id, lastActivityAt } = session
    if (open > 0 || lastActivityAt - rowActivityAt < ROW_ACTIVITY_MS) return
    rowActivityAt = lastActivityAt
    const change = ([row]: readonly (Row | undefined)[]) =>
      asSession(row)?.id === id ? new Map([['session', { ...row, lastActivityAt }]]) : undefined
    stores?.database.update(['session'], change).catch(() => {})
  }

  return {
    current,
    /** As it stands, though it may have expired: looking begins nothing. */
    present: (): Who => ({ visitor, session }),
    reread,
    /** Resolves when the ids of user and session are known. */
    async settled(): Promise<void> {
      for (let last: unknown; last !== settling; ) {
        last = settling
        await last
      }
    },
    /** The database has said who is here. */
    isSettled: () => open === 0,
    /** Nothing waits for the ids any more. */
    isKnown: agreement.isKnown,
    judged: agreement.judged,
    touch(): void {
      if (now() - session.lastActivityAt < ACTIVITY_MS) return
      reread()
      if (!alive(session) || now() - session.lastActivityAt < ACTIVITY_MS) return
      session.lastActivityAt = now()
      if (open === 0) stores?.local.set(SESSION, JSON.stringify(session))
      storeActivity()
    },
    /** Storage may be used: an earlier visit's ids stand, else ours are written. Rejects if the database does not work. */
    attach(next: { readonly local: KeyValue; readonly database: Database }): Promise<void> {
      stores = next
      mirror = next.local
      return settle()
    },
    /** The page is back: other tabs went on, and what the database was asked for may have got no answer. */
    again(): Promise<unknown> {
      heed('visitor')
      reread()
      // A session that is over gives way when something happens: until then only the epoch is asked for.
      return alive(session) ? settle() : Promise.resolve(stores?.database.update([], () => undefined))
    },
    /** What the mirror knows, before the database is open. */
    adopt(local: KeyValue): void {
      mirror = local
      takeOver()
    },
    /** The mirror was lost while the page is open. */
    remember: () => remember(stores?.local),
    /** The page is left: the next one finds who is here, also if the database has not answered, or the mirror is lost. */
    leave(local: KeyValue): void {
      const unsettled = !stores || open > 0
      if (unsettled && !startedAnew) propose(local)
      else if (startedAnew || !visitorIn(local) || !sessionIn(local)) remember(local)
    },
    /** Storage does not work: the ids stand as long as this page. */
    detach(): void {
      stores = undefined
      mirror = undefined
    },
    /** Storage may no longer be used: the next user is another one. */
    forget(): void {
      stores = undefined
      mirror = undefined
      visitor = newVisitor()
      session = newSession()
    },
    onStorage: heed,
    identify(userId: string): void {
      visitor.userId = userId
      if (stores) remember()
      onSaid()
      void stores?.database.update([], () => new Map([['visitor', { ...visitor }]])).catch(() => {})
    },
    reset(): void {
      const before = { visitor, session }
      visitor = newVisitor()
      session = newSession()
      startedAnew = !stores
      if (stores) remember()
      onSaid()
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

/** Adds the latest activity that other sources know of the found session: its row is seldom written. */
function withActivity(found: Session | undefined, known: readonly (Session | undefined)[]) {
  const same = known.flatMap((other) => (other?.id === found?.id && other ? other.lastActivityAt : []))
  return found && { ...found, lastActivityAt: Math.max(found.lastActivityAt, ...same) }
}

/** The landing stays; a campaign that comes later in the session takes the place of the first. */
function landingOf(found: Session, mine: Session): Session['landing'] {
  const campaign = mine.landing !== 'unknown' ? mine.landing.campaign : undefined
  const known = found.landing !== 'unknown' && found.landing
  if (!campaign || (known && JSON.stringify(known.campaign) === JSON.stringify(campaign)))
    return found.landing
  return known ? { ...known, campaign } : mine.landing
}

/** Callers without a compiler give numbers; anything else that is no text is no id. */
export function userIdOf(given: unknown): string | undefined {
  const isNumber = Number.isFinite(given) || typeof given === 'bigint'
  return isNumber ? String(given) : typeof given === 'string' && given ? given : undefined
}

function asVisitor(value: unknown): Visitor | undefined {
  const { id, userId, visits, previousVisitAt } = (value ?? {}) as Partial<Visitor>
  if (typeof id !== 'string' || !id) return undefined
  const known = userIdOf(userId)
  return {
    id,
    ...(known !== undefined && { userId: known }),
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
