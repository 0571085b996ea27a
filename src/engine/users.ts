import { createListeners } from '../support/listeners.ts'
import type { Advice } from './advice.ts'
import type { Context } from './context.ts'
import { type Identity, userIdOf } from './identity.ts'
import type { IdentifyOptions, Properties } from './types.ts'

interface UsersOptions {
  readonly identity: Identity
  readonly setTraits: Context['setTraits']
  readonly sha256: (text: string) => Promise<string>
  readonly advice: Pick<Advice, 'otherUser' | 'notHashed'> | undefined
  /** Another user is here. */
  readonly onReset: () => void
}

/** What the application says of who is here: log-in, log-out. */
export function createUsers({ identity, setTraits, sha256, advice, onReset }: UsersOptions) {
  const resets = createListeners()
  /** Counts what was said: a hash that comes late is void. */
  let calls = 0
  let disposed = false

  function startAnew(): void {
    identity.reset()
    resets.tell()
    onReset()
  }

  function identifyAs(userId: string, traits: Properties | undefined): void {
    const known = identity.current().visitor.userId
    if (known && known !== userId) {
      advice?.otherUser()
      startAnew()
    }
    if (known !== userId) identity.identify(userId)
    if (traits) setTraits(identity.current().visitor, traits)
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
