import type { Surroundings } from '../../platform/platform.ts'
import { remembered } from '../../support/remembered.ts'
import { plainCopy } from '../decision/plain-copy.ts'
import type { AddedContext } from '../pipeline/added-context.ts'
import type { Occurrence, Properties } from '../pipeline/occurrence.ts'
import type { EventContext } from '../pipeline/tracked-event.ts'
import type { StorageKind } from '../storage/storage-kind.ts'
import type { Device } from './device.ts'
import { deviceOf, isBot } from './device.ts'
import type { UserContext } from './visit.ts'
import type { User, Who } from './who.ts'

interface ContextOptions {
  readonly plan: { readonly name: string; readonly version: string }
  readonly release: string | undefined
  readonly storage: () => StorageKind
  readonly surroundings: () => Surroundings
  /** Names of traits that may be sent. */
  readonly allowedTraits: readonly string[]
}

const DAY_MS = 24 * 60 * 60_000

/** Creates the context of events: session, user, device. */
export function createContext({ plan, release, storage, surroundings, allowedTraits }: ContextOptions) {
  /** Traits by user, in memory only: events that wait for an answer must not get the traits of the next user. */
  const traits = new WeakMap<User, Properties>()
  const bot = isBot(surroundings())
  let device: { readonly page: number; readonly is: Device } | undefined

  const userContextOf = remembered(
    (visits: number, startedAt: number, previousVisitAt: number | undefined): UserContext => {
      const sinceMs = previousVisitAt && Math.max(0, startedAt - previousVisitAt)
      return {
        visit: visits,
        returning: visits > 1,
        daysSinceLast: sinceMs === undefined ? undefined : Math.floor(sinceMs / DAY_MS),
      }
    },
  )
  function userOf({ user, session }: Who): UserContext | undefined {
    if (storage() !== 'persistent') return undefined
    return userContextOf(user.visits, session.startedAt, user.previousVisitAt)
  }

  /** Events share their context while nothing in it changes, so that it is encoded once. Frozen: it is the same one. */
  const shared = remembered(
    (
      kind: StorageKind,
      scope: Properties,
      landing: EventContext['landing'],
      on: Device,
      user: UserContext | undefined,
      of: Properties | undefined,
      experiments: AddedContext['experiments'],
      replay: AddedContext['replay'],
    ): EventContext =>
      Object.freeze({
        plan: plan.name,
        planVersion: plan.version,
        ...(release && { release }),
        storage: kind,
        scope,
        landing,
        device: on,
        user,
        bot,
        traits: of,
        ...(experiments && { experiments }),
        ...(replay && { replay }),
      }),
  )

  return {
    bot,
    userOf,
    /** Returns the device, read once in a page scope: reading the viewport may cost a layout. */
    deviceOn(page: number): Device {
      if (device?.page !== page) device = { page, is: deviceOf(surroundings()) }
      return device.is
    },
    setTraits(user: User, given: Properties): void {
      const allowed = Object.entries(plainCopy(given).value).filter(([name]) => allowedTraits.includes(name))
      traits.set(user, Object.fromEntries(allowed))
    },
    of: ({ device, scope, added }: Occurrence, who: Who): EventContext =>
      shared(
        storage(),
        scope,
        who.session.landing,
        device,
        userOf(who),
        traits.get(who.user),
        added?.experiments,
        added?.replay,
      ),
  }
}

export type Context = ReturnType<typeof createContext>
