import type { KeyValue } from '../../platform/platform.ts'
import type { Landing } from '../page/landing-types.ts'
import { asLanding } from '../page/stored-landing.ts'
import { SESSION, USER } from './keys.ts'

/** A user of this browser. The id changes in place when another one is adopted, so that waiting events get it. */
export interface User {
  id: string
  userId?: string | undefined
  /** Number of sessions so far, from 1. */
  visits: number
  /** Start of the previous session, epoch ms. */
  previousVisitAt?: number | undefined
}
/** A session. Its id changes in place, too. */
export interface Session {
  id: string
  startedAt: number
  lastActivityAt: number
  landing: Landing | 'unknown'
}
export interface Who {
  readonly user: User
  readonly session: Session
}

export const userIn = (local: KeyValue) => asUser(parse(local.get(USER)))
export const sessionIn = (local: KeyValue) => asSession(parse(local.get(SESSION)))

/** Parses JSON. Returns undefined for invalid text, because storage may contain anything. */
export function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Returns the landing of a session: the found one, with the campaign of `mine` if that one has another. */
export function landingOf(found: Session, mine: Session): Session['landing'] {
  const campaign = mine.landing !== 'unknown' ? mine.landing.campaign : undefined
  const known = found.landing !== 'unknown' && found.landing
  if (!campaign || (known && JSON.stringify(known.campaign) === JSON.stringify(campaign)))
    return found.landing
  return known ? { ...known, campaign } : mine.landing
}

/** Returns a user id. JavaScript callers may pass numbers; anything else than a number or a text is no id. */
export function userIdOf(given: unknown): string | undefined {
  const isNumber = Number.isFinite(given) || typeof given === 'bigint'
  return isNumber ? String(given) : typeof given === 'string' && given ? given : undefined
}

export function asUser(value: unknown): User | undefined {
  const { id, userId, visits, previousVisitAt } = (value ?? {}) as Partial<User>
  if (typeof id !== 'string' || !id) return undefined
  const known = userIdOf(userId)
  return {
    id,
    ...(known !== undefined && { userId: known }),
    visits: Number.isInteger(visits) ? Math.max(1, visits as number) : 1,
    ...(Number.isFinite(previousVisitAt) ? { previousVisitAt } : {}),
  }
}

export function asSession(value: unknown): Session | undefined {
  const { id, startedAt, lastActivityAt, landing } = (value ?? {}) as Partial<Session>
  if (typeof id !== 'string' || !id || !Number.isFinite(startedAt) || !Number.isFinite(lastActivityAt))
    return undefined
  return {
    id,
    startedAt: startedAt as number,
    lastActivityAt: lastActivityAt as number,
    landing: asLanding(landing) ?? 'unknown',
  }
}
