import type { Database, KeyValue, Row } from '../../platform/platform.ts'
import { inMicrotask } from '../../support/in-microtask.ts'
import { createListeners } from '../../support/listeners.ts'
import type { Landing } from '../page/landing-types.ts'
import { type AgreementOptions, createAgreement } from './agreement.ts'
import type { Asking, Found, findWho } from './find-who.ts'
import { SESSION, USER } from './keys.ts'
import {
  asSession,
  asUser,
  landingOf,
  parse,
  type Session,
  sessionIn,
  type User,
  userIn,
  type Who,
} from './who.ts'

type IdScope = 'user' | 'session'

interface IdentityOptions extends Pick<AgreementOptions, 'later' | 'exclusively'> {
  readonly now: () => number
  readonly newId: () => string
  readonly idleMs: number
  readonly maxMs: number
  /** Returns the landing of a session that begins now. */
  readonly landing: () => Landing | 'unknown'
}

export interface Stores {
  readonly local: KeyValue
  readonly database: Database
  readonly findWho: typeof findWho
}

/** Stores that a tab has entered, with the user and session in them. */
export interface Entered {
  readonly stores: Stores
  readonly found: Found
}

/** Key of the user and session that a tab assumes until the database has answered. */
const PROPOSAL = 'proposal'
/** Minimum time between writes of activity to the mirror. */
const ACTIVITY_MS = 5_000
/** Minimum time between writes of activity to the database, which is read if the mirror was lost. */
const ROW_ACTIVITY_MS = 5 * 60_000

/**
 * Keeps user and session. A new session begins at the next access after the old one expired, never by a timer: timers
 * are throttled, and tabs wake up together. One row of the database decides between tabs: the tab that finds it missing
 * or expired writes the next session, in the same transaction.
 */
export function createIdentity(options: IdentityOptions) {
  const { now, newId, idleMs, maxMs, landing } = options
  const adoptions = createListeners<[scope: IdScope, from: string, to: string]>()
  const ends = createListeners<[scope: IdScope, id: string]>()
  const settlements = createListeners()
  const statements = createListeners()
  /** Local storage, while it is permitted, also before the database is open. */
  let mirror: KeyValue | undefined
  let stores: Stores | undefined
  let user = newUser()
  let session: Session = newSession()
  let settling: Promise<unknown> = Promise.resolve()
  let open = 0
  /** Called when another tab has found the session to which this tab belongs, too. */
  let hear = () => {}
  /** Time of the last activity in the database, epoch ms. */
  let rowActivityAt = 0
  /** True if `reset` was called before storage could be read: a stored user is then another one. */
  let startedAnew = false
  /** Session of the mirror as it was last read. Each task checks whether it has changed. */
  let read: { readonly text?: string | undefined; readonly session?: Session } = {}
  /** True until the end of the task, or the next change by another tab or tracker. */
  let isFresh = false

  function newUser(): User {
    return { id: newId(), visits: 1 }
  }
  function newSession(): Session {
    return { id: newId(), startedAt: now(), lastActivityAt: now(), landing: landing() }
  }
  const alive = ({ startedAt, lastActivityAt }: Session, at = now()) =>
    at - lastActivityAt < idleMs &&
    at - startedAt < maxMs &&
    Math.max(startedAt, lastActivityAt) <= at + maxMs
  const remember = (local = mirror) => {
    local?.set(USER, JSON.stringify(user))
    local?.set(SESSION, JSON.stringify(session))
  }

  /** Returns the found user, unless it has another user id: the user who was identified in this tab stays. */
  const ours = (found: User | undefined) =>
    startedAnew || (found?.userId && user.userId && found.userId !== user.userId) ? undefined : found

  function adoptUser(mine: User, found: User | undefined): void {
    mine.userId ??= found?.userId
    mine.visits = found?.visits ?? mine.visits
    mine.previousVisitAt = found?.previousVisitAt ?? mine.previousVisitAt
    if (!found || found.id === mine.id) return
    const from = mine.id
    mine.id = found.id
    adoptions.tell('user', from, found.id)
  }

  function adoptSession(mine: Session, found: Session | undefined): void {
    if (!found) return
    mine.startedAt = found.startedAt
    mine.lastActivityAt = Math.max(mine.lastActivityAt, found.lastActivityAt)
    mine.landing = landingOf(found, mine)
    if (found.id === mine.id) return
    const from = mine.id
    mine.id = found.id
    adoptions.tell('session', from, found.id)
  }

  /**
   * Adopts what `find` finds in the database, if `accept` returns it. Without an answer, this tab's user and session
   * stay. Resolves to false if these have changed since the database has read them.
   */
  function adoptFound<Answer>(
    find: (asking: Asking) => Promise<Answer>,
    accept: (answer: Answer) => Found | undefined,
  ): Promise<boolean> {
    const mine = { user, session }
    open++
    const asking = {
      mine,
      ours,
      alive,
      stored: () => mirror && sessionIn(mirror),
      // Another tab may have left its proposal behind.
      takeOver: () => void (mine.user === user && takeOver()),
      asUser,
      asSession,
      landingOf,
    }
    return find(asking)
      .then((answer) => {
        const found = accept(answer)
        if (!found) return true
        adoptUser(mine.user, found.user)
        adoptSession(mine.session, found.session)
        if (mine.user === user) startedAnew = false
        // Not earlier, because other tabs would take over an id that may still be replaced.
        if (mine.user !== user || mine.session !== session) return false
        rowActivityAt = found.activityAt
        remember()
        mirror?.remove(PROPOSAL)
        settlements.tell()
        return user.userId === found.user?.userId
      })
      .finally(() => {
        open--
      })
  }

  /** Reads user and session from the database, or writes this tab's if it has none. */
  function settle(): Promise<unknown> {
    const asked = stores
    if (!asked) return Promise.resolve()
    return adoptFound(
      (asking) => asked.findWho(asked.database.update, asking),
      (found) => (stores?.database === asked.database ? found : undefined),
    )
  }

  /**
   * Takes over user and session from local storage: those that the database has decided, or else proposed ones. Returns
   * false if it finds no session.
   */
  function takeOver(): boolean {
    if (!mirror) return false
    const proposed = parse(mirror.get(PROPOSAL)) as { user?: unknown; session?: unknown } | null | undefined
    const foundUser = ours(userIn(mirror)) ?? ours(asUser(proposed?.user))
    if (!foundUser) return false
    adoptUser(user, foundUser)
    const foundSession = [sessionIn(mirror), asSession(proposed?.session)].find((each) => each && alive(each))
    adoptSession(session, foundSession)
    return foundSession !== undefined
  }

  /**
   * Proposes user and session under a key of their own: tabs that have an answer of the database must not take over ids
   * that may be replaced.
   */
  const propose = (local = mirror) => local?.set(PROPOSAL, JSON.stringify({ user, session }))

  /** Returns whether storage is permitted, and the database has not answered yet. */
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
    if (!stores || (isFresh && session === read.session)) return
    isFresh = true
    inMicrotask(() => {
      isFresh = false
    })
    const text = stores.local.get(SESSION)
    if (open === 0 && text === read.text && session === read.session) return
    const found = asSession(parse(text))
    readSession(found)
    read = { text, session }
  }

  function readSession(found: Session | undefined): void {
    if (!found) return
    // Until the session is settled, events in it wait for its final id.
    if (found.id === session.id || (open > 0 && alive(found))) adoptSession(session, found)
    else if (alive(found)) session = found
    if (open > 0) adoptUser(user, ours(stores && userIn(stores.local)))
  }

  function current(): Who {
    reread()
    if (!alive(session)) rotate(session)
    return { user, session }
  }

  /**
   * Handles a change by another tab: it has read or proposed user and session, has identified the user, or was reset.
   * Without a key, local storage was cleared.
   */
  function heed(key?: string): void {
    isFresh = false
    if (isOpen()) {
      if (key === undefined) propose()
      else if (takeOver() && key === SESSION) hear()
      return
    }
    const found = stores && key === USER ? userIn(stores.local) : undefined
    if (!found) return
    if (found.id === user.id) adoptUser(user, found)
    else user = found
  }

  function rotate(expired: Session): void {
    session = newSession()
    if (!stores) {
      user.visits++
      user.previousVisitAt = expired.startedAt
      ends.tell('session', expired.id)
      return
    }
    const answer = settle()
    const heard = new Promise<void>((resolve) => {
      hear = resolve
    })
    settling = agreement.judged(Promise.race([answer, heard]))
    // A tab that was asleep may have missed activity in other tabs: the database may give the session back.
    const end = () => session.id === expired.id || ends.tell('session', expired.id)
    void answer.then(end, end)
  }

  /**
   * Writes activity to the database, because the mirror may be lost by `localStorage.clear()` or with the browser's
   * process.
   */
  function storeActivity(): void {
    const { id, lastActivityAt } = session
    if (open > 0 || lastActivityAt - rowActivityAt < ROW_ACTIVITY_MS) return
    rowActivityAt = lastActivityAt
    const change = ([row]: readonly (Row | undefined)[]) =>
      asSession(row)?.id === id ? new Map([['session', { ...row, lastActivityAt }]]) : undefined
    stores?.database.update(['session'], change).catch(() => {})
  }

  return {
    /** Calls when an id was replaced by one that another tab or an earlier visit already has. */
    onAdopted: adoptions.add,
    /** Calls when a session has ended, or, after `reset`, a user. */
    onEnded: ends.add,
    /** Calls when the database has provided user and session. */
    onSettled: settlements.add,
    /** Calls after `identify` and `reset`. */
    onSaid: statements.add,
    current,
    /** Returns user and session, even if the session has expired. Does not begin a session. */
    present: (): Who => ({ user, session }),
    reread,
    /** Resolves when the ids of user and session are known. */
    async settled(): Promise<void> {
      for (let last: unknown; last !== settling; ) {
        last = settling
        await last
      }
    },
    /** Returns whether the database has provided user and session. */
    isSettled: () => open === 0,
    /** Returns whether nothing waits for the ids any more. */
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
    /**
     * Uses storage from now on: ids of an earlier visit are taken over, or else this tab's are written. `enter` finds
     * them, and resolves to undefined if storage is no longer permitted. Rejects if the database fails.
     */
    async attach(enter: (asking: Asking) => Promise<Entered | undefined>): Promise<void> {
      const isStored = await adoptFound(enter, (entered) => {
        if (!entered) return undefined
        stores = entered.stores
        mirror = stores.local
        return entered.found
      })
      // `identify` or `reset` was called after the transaction had read this tab's user.
      if (!isStored) await settle()
    },
    /**
     * Reads user and session again when the page is back: other tabs went on, and pending reads may have got no answer.
     */
    again(): Promise<unknown> {
      heed(USER)
      reread()
      // An expired session is replaced at the next event. Until then, only the epoch is checked.
      return alive(session) ? settle() : Promise.resolve(stores?.database.update([], () => undefined))
    },
    /** Takes over user and session from the mirror, before the database is open. */
    adopt(local: KeyValue): void {
      mirror = local
      takeOver()
    },
    /** Writes user and session to the mirror, which was lost while the page is open. */
    remember: () => remember(stores?.local),
    /**
     * Writes user and session for the next page when this one is left, also if the database has not answered or the
     * mirror was lost.
     */
    leave(local: KeyValue): void {
      const unsettled = !stores || open > 0
      if (unsettled && !startedAnew) takeOver() || propose(local)
      else if (startedAnew || !userIn(local) || !sessionIn(local)) remember(local)
    },
    /** Stops using storage, because it failed. The ids last as long as this page. */
    detach(): void {
      stores = undefined
      mirror = undefined
    },
    /** Stops using storage, because it is no longer permitted. The next user is another one. */
    forget(): void {
      stores = undefined
      mirror = undefined
      user = newUser()
      session = newSession()
    },
    onStorage: heed,
    /** Ends the session, as if the user had been away too long: another one begins. For the overlay. */
    expireSession(): void {
      session.lastActivityAt = 0
      stores?.local.set(SESSION, JSON.stringify(session))
      stores?.database.put(new Map([[SESSION, { ...session }]]))
      current()
    },
    identify(userId: string): void {
      user.userId = userId
      if (stores) remember()
      statements.tell()
      void stores?.database.update([], () => new Map([[USER, { ...user }]])).catch(() => {})
    },
    reset(): void {
      const before = { user, session }
      user = newUser()
      session = newSession()
      startedAnew = !stores
      if (stores) remember()
      statements.tell()
      void stores?.database
        .update(
          [],
          () =>
            new Map<string, Row>([
              [USER, { ...user }],
              ['session', { ...session }],
            ]),
        )
        .catch(() => {})
      ends.tell('session', before.session.id)
      ends.tell('user', before.user.id)
    },
  }
}

export type Identity = ReturnType<typeof createIdentity>
