import type { Surroundings } from '../platform/platform.ts'
import { deviceOf, isBot } from './device.ts'
import type { Visitor, Who } from './identity.ts'
import { plainCopy } from './plain-copy.ts'
import type { Device, EventContext, Occurrence, Properties, StorageKind, VisitorContext } from './types.ts'

interface ContextOptions {
  readonly plan: { readonly name: string; readonly version: string }
  readonly storage: () => StorageKind
  readonly surroundings: () => Surroundings
  /** Names of traits that may travel. */
  readonly allowedTraits: readonly string[]
}

const DAY_MS = 24 * 60 * 60_000

/** What surrounds an event: session, visitor, device. */
export function createContext({ plan, storage, surroundings, allowedTraits }: ContextOptions) {
  /** By person, in memory only: what waits for an answer must not get the traits of who comes next. */
  const traits = new WeakMap<Visitor, Properties>()
  const bot = isBot(surroundings())
  let device: { readonly page: number; readonly is: Device } | undefined

  function visitorOf({ visitor, session }: Who): VisitorContext | undefined {
    if (storage() !== 'persistent') return undefined
    const { visits, previousVisitAt } = visitor
    const sinceMs = previousVisitAt && Math.max(0, session.startedAt - previousVisitAt)
    return {
      visit: visits,
      returning: visits > 1,
      daysSinceLast: sinceMs === undefined ? undefined : Math.floor(sinceMs / DAY_MS),
    }
  }

  return {
    bot,
    visitorOf,
    /** Looked at once a page scope: asking for the viewport may cost a layout. */
    deviceOn(page: number): Device {
      if (device?.page !== page) device = { page, is: deviceOf(surroundings()) }
      return device.is
    },
    setTraits(visitor: Visitor, given: Properties): void {
      const allowed = Object.entries(plainCopy(given).value).filter(([name]) => allowedTraits.includes(name))
      traits.set(visitor, Object.fromEntries(allowed))
    },
    of({ device, scope }: Occurrence, who: Who): EventContext {
      const { session, visitor } = who
      return {
        plan: plan.name,
        planVersion: plan.version,
        storage: storage(),
        scope,
        landing: session.landing,
        device,
        visitor: visitorOf(who),
        bot,
        traits: traits.get(visitor),
      }
    },
  }
}

export type Context = ReturnType<typeof createContext>
