import { call } from '../../support/listeners.ts'
import type { TrackerPlugin } from '../plugins.ts'
import { createExaminer } from './anomalies.ts'
import { createDerivation } from './derivation.ts'
import { createJourneyMemory } from './journey-memory.ts'
import type { Journey, JourneyPort } from './journey-port.ts'
import { inOrder } from './journey-steps.ts'
import type { History } from './journey-view.ts'

/** Time between updates of listeners as time passes: short after a change, then longer. */
const SHORTEST_TICK_MS = 10_000
const LONGEST_TICK_MS = 60_000
const TICK_SHARE = 0.05

/**
 * Creates the plugin that remembers what counted: for derived events (`after`), `useFunnel`, `useIntent`,
 * `useOccurred`, and the order of funnels.
 *
 * @example
 * const tracker = createTracker({ plan, plugins: [journey()] })
 */
export function journey(): TrackerPlugin {
  return { name: 'journey', connect: createJourney }
}

/**
 * Creates the journey: remembers what counted, attempts what follows from it, and reports an order that the plan does
 * not expect.
 */
function createJourney(port: JourneyPort): Journey {
  const { plan } = port
  const { now, later } = port.platform
  const { present } = port.identity
  const { ready } = port.storage
  const causing = new Set([...plan.events.values()].map(({ after }) => after?.event))
  const memory = createJourneyMemory({
    ...port,
    isCause: (event) => causing.has(event),
    onMerged(latest) {
      // Another tab may have written first: then this tab's last step completes what that tab began.
      latest.forEach(derivation.follow)
      notify()
    },
    onAttached() {
      derivation.findDue()
      notify()
    },
  })
  const derivation = createDerivation(port, memory)
  const examine = createExaminer(port, memory)

  const listeners = new Set<() => void>()
  let history: History | undefined
  let stopTicking: (() => void) | undefined
  let changedAt = 0
  function notify(): void {
    changedAt = now()
    tellListeners()
  }
  function tellListeners(): void {
    history = undefined
    for (const listener of [...listeners]) call(listener)
  }
  function tick(): void {
    const share = TICK_SHARE * (now() - changedAt)
    stopTicking = later(Math.min(LONGEST_TICK_MS, Math.max(SHORTEST_TICK_MS, share)), () => {
      tellListeners()
      tick()
    })
  }

  return {
    count(counted, waits = false) {
      const step = memory.add(counted, waits)
      if (!step) return
      if (!waits) examine(step)
      derivation.follow(step)
      notify()
    },
    discount(number) {
      const step = memory.remove(number)
      if (!step) return
      derivation.discount(step.occurrence.event)
      notify()
    },
    begin() {
      void ready().then(() => {
        memory.tryAgain()
        derivation.findDue()
      })
    },
    storageChanged() {
      memory.storageChanged()
      notify()
    },
    idle: memory.idle,
    onStorage(key) {
      if (memory.concerns(key)) notify()
    },
    forget() {
      memory.forget()
      notify()
    },
    get() {
      if (listeners.size === 0 && history?.now !== now()) history = undefined
      history ??= {
        steps: [...plan.events.keys()]
          .flatMap((event) => memory.stepsOf(event))
          .sort(inOrder)
          .map(({ event, time, session }) => ({ event, time, session })),
        session: present().session.id,
        now: now(),
      }
      return history
    },
    subscribe(listener) {
      if (listeners.size === 0) {
        changedAt = now()
        tick()
      }
      listeners.add(listener)
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) stopTicking?.()
      }
    },
  }
}
