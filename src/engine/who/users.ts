import { createListeners } from '../../support/listeners.ts'
import type { Advice } from '../decision/advice.ts'
import type { Properties } from '../pipeline/occurrence.ts'
import type { Context } from './context.ts'
import type { Identity } from './identity.ts'
import type { IdentifyOptions } from './visit.ts'
import type { Visits } from './visits.ts'
import { userIdOf } from './who.ts'

interface UsersOptions {
  readonly identity: Identity
  readonly setTraits: Context['setTraits']
  readonly sha256: (text: string) => Promise<string>
  readonly advice: Pick<Advice, 'otherUser' | 'notHashed'> | undefined
  /** Notified last of another user, so that listeners have forgotten the previous one by then. */
  readonly visits: Pick<Visits, 'tell'>
}

/** Handles what the application reports about the user: log-in and log-out. */
export function createUsers({ identity, setTraits, sha256, advice, visits }: UsersOptions) {
  const resets = createListeners()
  /** Counts calls: a hash that arrives after a later call is void. */
  let calls = 0
  let disposed = false

  function startAnew(): void {
    identity.reset()
    resets.tell()
    visits.tell()
  }

  function identifyAs(userId: string, traits: Properties | undefined): void {
    const known = identity.current().user.userId
    if (known && known !== userId) {
      advice?.otherUser()
      startAnew()
    }
    if (known !== userId) identity.identify(userId)
    if (traits) setTraits(identity.current().user, traits)
  }

  return {
    identify(given: string, options?: IdentifyOptions): void {
      const userId = userIdOf(given)
      if (userId === undefined) return
      const { hash, traits } = options ?? {}
      const call = ++calls
      const as = (id: string) => {
        if (call === calls && !disposed) identifyAs(id, traits)
      }
      if (hash) sha256(userId).then(as, () => advice?.notHashed())
      else as(userId)
    },
    reset(): void {
      calls++
      startAnew()
    },
    onReset: resets.add,
    dispose(): void {
      disposed = true
    },
  }
}
