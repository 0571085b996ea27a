import type { TrackedEvent } from '../engine/pipeline/tracked-event.ts'
import { type ContractStage, type DestinationUnderTest, openStage } from './contract-stage.ts'
import type { ManualPlatform } from './manual-platform.ts'

/** One test of the destination contract. */
export interface ContractRun {
  /** Name of the test, a sentence about the destination. */
  readonly name: string
  /** Runs the test. Rejects with an `Error` that says what the destination did wrong. */
  readonly run: () => Promise<void>
}

/**
 * Returns the tests that every destination must pass, for any test runner. Each test uses a real tracker on a manual platform and
 * calls `make` for a new destination. Run them in Node too: a destination must not need a browser.
 *
 * @example
 * for (const { name, run } of destinationContract(make)) test(name, run)
 */
export function destinationContract(
  make: (platform: ManualPlatform) => DestinationUnderTest,
): readonly ContractRun[] {
  return Object.entries(promises).map(([name, keep]) => ({
    name,
    run: async () => {
      const stage = openStage(make)
      try {
        await keep(stage)
      } finally {
        stage.close()
      }
    },
  }))
}

const MINUTE_MS = 60_000

const promises: Readonly<Record<string, (stage: ContractStage) => Promise<void>>> = {
  'sends everything in order, and each event once': async ({
    track,
    flush,
    pass,
    platform,
    expectArrived,
  }) => {
    track('contract_1', 'contract_2')
    track('contract_3')
    await flush()
    track('contract_4')
    platform.hide()
    await pass(MINUTE_MS)
    track('contract_5')
    await flush()
    await pass(MINUTE_MS)
    expectArrived('contract_1', 'contract_2', 'contract_3', 'contract_4', 'contract_5')
  },

  'tries again after a failure, with the same event': async (stage) => {
    stage.trouble('fails')
    stage.track('contract_1', 'contract_2')
    await stage.flush()
    stage.expectArrived()
    stage.trouble(undefined)
    await stage.pass(20 * MINUTE_MS)
    stage.expectArrived('contract_1', 'contract_2')
    stage.expectDelivery('contract_1', 'sent', 'unknown')
    stage.expectSameIds()
  },

  'does not try again what was refused for good': async (stage) => {
    stage.trouble('refused')
    stage.track('contract_1')
    await stage.flush()
    stage.expectDelivery('contract_1', 'rejected')
    stage.trouble(undefined)
    await stage.pass(20 * MINUTE_MS)
    stage.track('contract_2')
    await stage.flush()
    await stage.pass(MINUTE_MS)
    stage.expectArrived('contract_2')
    stage.expectDelivery('contract_1', 'rejected')
  },

  'delivers the others when one event is refused, or fails again and again': async (stage) => {
    for (const kind of ['refused', 'fails'] as const) {
      if (!stage.troubleSecond(kind)) return
      stage.track('contract_1', 'contract_2', 'contract_3')
      await stage.flush()
      await stage.pass(20 * MINUTE_MS)
      stage.expectDelivery('contract_1', 'sent', 'unknown')
      stage.expectDelivery('contract_2', 'rejected', 'expired')
      stage.expectDelivery('contract_3', 'sent', 'unknown')
    }
  },

  'gets nothing before consent, and what was held once': async (stage) => {
    stage.consent('pending')
    stage.track('contract_1', 'contract_2')
    await stage.flush()
    await stage.pass(MINUTE_MS)
    stage.expectArrived()
    stage.consent('granted')
    stage.consent('granted')
    await stage.pass(MINUTE_MS)
    stage.track('contract_3')
    await stage.flush()
    await stage.pass(MINUTE_MS)
    stage.expectArrived('contract_1', 'contract_2', 'contract_3')
  },

  'gets nothing after a refusal, also when the page is left': async (stage) => {
    stage.consent('pending')
    stage.track('contract_1')
    stage.consent('denied')
    stage.track('contract_2')
    await stage.flush()
    stage.platform.leave()
    await stage.pass(20 * MINUTE_MS)
    stage.expectArrived()
  },

  'forgets what waits for another try when consent is withdrawn': async (stage) => {
    stage.trouble('fails')
    stage.track('contract_1')
    await stage.flush()
    stage.consent('denied')
    stage.trouble(undefined)
    stage.track('contract_2')
    stage.platform.leave()
    await stage.pass(20 * MINUTE_MS)
    stage.expectArrived()
    stage.expectDelivery('contract_1', 'denied')
  },

  'gets what a page reports last, then or with the next page': async (stage) => {
    stage.track('contract_1')
    await stage.flush()
    stage.track('contract_2')
    stage.platform.leave()
    stage.track('contract_3')
    await stage.pass(0)
    stage.nextPage()
    await stage.pass(20 * MINUTE_MS)
    stage.expectAllArrived('contract_1', 'contract_2', 'contract_3')
    stage.expectSameIds()
  },

  'holds up neither others nor `flush` when it hangs': async (stage) => {
    stage.trouble('hangs')
    stage.track('contract_1')
    let flushed = false
    const flushing = stage.flush().then(() => {
      flushed = true
    })
    await stage.pass(0)
    stage.track('contract_2')
    await stage.pass(20 * MINUTE_MS)
    stage.expectNeighbour('contract_1', 'contract_2')
    if (!flushed) throw new Error('A hanging attempt keeps `flush` waiting: it must end after some time.')
    await flushing
  },

  'keeps its failures from the page': async (stage) => {
    stage.trouble('fails')
    const decisions = stage.track('contract_1')
    stage.platform.hide()
    await stage.pass(0)
    if (decisions.some(({ outcome }) => outcome !== 'fired'))
      throw new Error('A failing attempt changed what `track` returned.')
    stage.expectNeighbour('contract_1')
  },

  'maps a frozen event, twice alike': async (stage) => {
    stage.track('contract_1')
    await stage.flush()
    const event = stage.neighbour()[0]
    const { map } = stage.destination
    if (!event || !map) return
    const [first, second] = [1, 2].map(() => JSON.stringify(map(frozen(event)).payload))
    if (first !== second) throw new Error('`map` gave two results for one event: it must be pure.')
  },
}

function frozen(event: TrackedEvent): TrackedEvent {
  const freeze = <T>(value: T): T => {
    if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze)
    return value
  }
  return freeze(structuredClone(event))
}
