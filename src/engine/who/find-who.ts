import type { Database, Row, Writes } from '../../platform/platform.ts'
import type { SESSION as SessionKey, USER as UserKey } from './keys.ts'
import type { asSession, asUser, landingOf, Session, User, Who } from './who.ts'

/**
 * The tab that asks, and functions that read stored values. Passed in, because imports in this chunk would make
 * bundlers split the first chunk.
 */
export interface Asking {
  /** User and session of this tab, which stay if the database has none. */
  readonly mine: Who
  /** Returns the found user, or undefined if this tab must not take it over. */
  readonly ours: (found: User | undefined) => User | undefined
  readonly alive: (session: Session) => boolean
  /** Returns the session in local storage. */
  readonly stored: () => Session | undefined
  /** Takes over what another tab has proposed. */
  readonly takeOver: () => void
  readonly asUser: typeof asUser
  readonly asSession: typeof asSession
  readonly landingOf: typeof landingOf
}

// Repeated, because imports would make bundlers split the first chunk.
const USER: typeof UserKey = 'visitor'
const SESSION: typeof SessionKey = 'session'

/** An update of the rows of user and session, such as that of a database. */
export type UpdateOfWho = (
  ...asked: Parameters<Database['update']>
) => Promise<Pick<Awaited<ReturnType<Database['update']>>, 'rows'>>

/** Reads user and session from the database, and writes this tab's if it has none. */
export async function findWho(update: UpdateOfWho, asking: Asking) {
  const { asUser, asSession, stored } = asking
  const { rows } = await update([USER, SESSION], (before) => decideWho(before, asking))
  const session = asSession(rows[1])
  return {
    user: asUser(rows[0]),
    session: withActivity(session, [stored()]),
    /** Time of the last activity in the database, epoch ms. */
    activityAt: session?.lastActivityAt ?? 0,
  }
}

/** User and session in the database. */
export type Found = Awaited<ReturnType<typeof findWho>>

/** Decides inside a transaction which user and session are present. Returns undefined if the rows stay as they are. */
function decideWho(
  [userRow, sessionRow]: readonly (Row | undefined)[],
  { mine, ours, alive, stored, takeOver, asUser, asSession, landingOf }: Asking,
): Writes | undefined {
  const foundUser = ours(asUser(userRow))
  if (!foundUser) takeOver()
  const foundSession = withActivity(asSession(sessionRow), [mine.session, stored()])
  const userId = foundUser?.userId ?? mine.user.userId
  const kept = foundUser && foundSession && alive(foundSession)
  const session = kept ? { ...foundSession, landing: landingOf(foundSession, mine.session) } : mine.session
  if (kept && foundUser.userId === userId && session.landing === foundSession.landing) return undefined
  const visits = foundUser ? foundUser.visits + (kept ? 0 : 1) : mine.user.visits
  const previousVisitAt = foundUser
    ? ((kept ? undefined : foundSession?.startedAt) ?? foundUser.previousVisitAt)
    : mine.user.previousVisitAt
  const { id } = foundUser ?? mine.user
  return new Map<string, Row>([
    [USER, { id, ...(userId && { userId }), visits, ...(previousVisitAt && { previousVisitAt }) }],
    [SESSION, { ...session }],
  ])
}

/** Adds the latest activity in the found session that other sources know, because its row is seldom written. */
function withActivity(found: Session | undefined, known: readonly (Session | undefined)[]) {
  const same = known.flatMap((other) => (other?.id === found?.id && other ? other.lastActivityAt : []))
  return found && { ...found, lastActivityAt: Math.max(found.lastActivityAt, ...same) }
}
