import type { Occurrence } from '../pipeline/occurrence.ts'
import type { Who } from '../who/who.ts'
import type { ClaimScope } from './frequency.ts'

/** Ids of the scopes that an occurrence belongs to. */
export type ScopeIds = Readonly<Record<ClaimScope, string>>

export function scopesOf({ page }: Pick<Occurrence, 'page'>, { session, user }: Who): ScopeIds {
  return { page: String(page.number), tab: '', session: session.id, user: user.id }
}
