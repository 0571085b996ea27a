import type { Platform } from '../../platform/platform.ts'
import { createDeliveries } from '../delivery/deliveries.ts'
import type { Knowledge } from '../knowledge.ts'
import type { Settings } from '../settings.ts'
import { createAdmission } from './admission.ts'
import { createCauses } from './causes.ts'
import { createClaiming } from './claiming.ts'
import { createComposer } from './compose-event.ts'
import { createDepartures } from './departures.ts'
import { createEarlier } from './earlier.ts'
import { createHold } from './hold.ts'
import { createJudge } from './judge.ts'
import { createShadows } from './shadows.ts'

/** Creates the path of an occurrence: judged, held or claiming, then in the queues of its destinations. */
export function createPipeline(platform: Platform, settings: Settings, known: Knowledge) {
  const { plan, destinations, invalid, beforeSend } = settings
  const { now, later, newId } = platform
  const { advice, context, guard, identity, ledger, shadowLedger, record, storage } = known
  const consent = known.consent.get

  const deliveries = createDeliveries({
    destinations,
    invalid,
    consent: known.consent,
    now,
    later,
    newId,
    storage: storage.shared,
    onDelivery: record.deliver,
    onDelay: record.noteDelay,
  })
  storage.onChange(deliveries.storageChanged)
  const causes = createCauses()
  const composer = createComposer({ planVersion: plan.version, beforeSend, contextOf: context.of, consent })
  const judge = createJudge({
    plan,
    invalid: invalid ?? 'flag',
    guard,
    unwantedBot: context.bot && settings.bots === 'drop',
    ledger,
    shadowLedger,
    destinations: deliveries.states,
    isSettled: known.isSettled,
    advice,
  })
  const departures = createDepartures({ composer, causes, deliveries, identity, consent, record })
  const claiming = createClaiming({ ledger, storage, identity, departures, later })
  const shadows = createShadows({ newId, composer, states: deliveries.states, claiming, record, advice })
  const hold = settings.hold === 'none' ? undefined : createHold(now, guard, known.ofTab)
  const admission = createAdmission({
    plan,
    newId,
    guard,
    judge,
    composer,
    isSettled: known.isSettled,
    consent,
    states: deliveries.states,
    ledger,
    shadowLedger,
    hold,
    claiming,
    shadows,
    record,
    causes,
    advice,
  })
  const journey = settings.journey?.connect({
    plan,
    platform,
    identity,
    storage,
    surroundings: known.surroundings,
    admit: (occurrence, who = identity.current()) => admission.admit(occurrence, who),
    refuse: (occurrence) => admission.refuse(occurrence, 'dropped', 'code-threw'),
    record,
    advice,
  })
  if (journey) {
    causes.onCounted(journey.count)
    causes.onDiscounted(journey.discount)
    storage.onChange(journey.storageChanged)
    known.users.onReset(journey.forget)
  }

  const earlier = createEarlier({ hold, admission, identity, storage })

  /** Lets everything leave at once, and stores what the next page or tracker needs. */
  function leaveNow(): void {
    storage.leave(() => {
      claiming.leave()
      deliveries.leave()
    })
  }

  return {
    admission,
    deliveries,
    departures,
    earlier,
    judge,
    journey,
    /** Called when the page is left: nothing can wait any more. */
    leave(): void {
      earlier.admit()
      admission.reconsider()
      hold?.leave()
      leaveNow()
    },
    /** Resolves when all queued events have been tried once. */
    async flush(): Promise<void> {
      await storage.ready()
      await claiming.idle()
      await journey?.idle()
      await claiming.idle()
      await deliveries.flush('flush')
    },
    /** Ends the pipeline. `others` are decisions that wait elsewhere. */
    dispose(others: readonly { readonly number: number }[]): void {
      earlier.admit()
      admission.dispose(others)
      leaveNow()
      deliveries.dispose()
    },
  }
}

export type Pipeline = ReturnType<typeof createPipeline>
