import type { DeliveryState } from '../engine/delivery/delivery.ts'
import type { AnyDestination } from '../engine/delivery/destination.ts'
import type { ConsentState } from '../engine/permission/consent-types.ts'
import type { TrackedEvent } from '../engine/pipeline/tracked-event.ts'
import type { Decision } from '../engine/record/decision.ts'
import { createTracker } from '../engine/tracker.ts'
import { definePlan } from '../plan/define-plan.ts'
import { event } from '../plan/event.ts'
import { PermanentError } from '../support/permanent-error.ts'
import { createManualPlatform, type ManualPlatform } from './manual-platform.ts'

/**
 * Result of each request to the destination's server: `fails` (may be retried), `refused` (must not be retried), or `hangs`
 * (never answered).
 */
export type Trouble = 'fails' | 'refused' | 'hangs'
/** Trouble that affects every request, or only requests that contain `contract_2`. */
type OwnTrouble = Trouble | 'fails for contract_2' | 'refused for contract_2'

/** One copy of an event that arrived at the destination's server. */
export interface Received {
  /** Name of the event in the plan. */
  readonly name: string
  /** Id of the event, if the destination sends it. */
  readonly id?: string | undefined
}

/** A destination, with access to what its server receives. */
export interface DestinationUnderTest {
  /** The destination that the contract tests. */
  readonly destination: AnyDestination
  /** Returns every copy that arrived at the destination's server, oldest first. */
  readonly received: () => readonly Received[]
  /**
   * Makes each later request fail in this way; undefined makes requests succeed again. Default: the contract replaces `send`
   * by a function that throws an `Error` (`fails`), throws a `PermanentError` (`refused`), or returns a promise that never
   * resolves (`hangs`). Required for a destination with `openLane`.
   */
  readonly trouble?: ((kind: Trouble | undefined) => void) | undefined
}

const plan = definePlan({
  name: 'contract',
  version: '1',
  events: {
    contract_1: event({}),
    contract_2: event({}),
    contract_3: event({}),
    contract_4: event({}),
    contract_5: event({}),
  },
})
type Name = `contract_${1 | 2 | 3 | 4 | 5}`

const STEPS = 20
/** Shorter than any timeout, so that an asynchronous `send` that starts in a step ends before its timeout. */
const LONGEST_STEP_MS = 10_000
/** Microtasks per step: more than any chain of promises between `track` and the destination's server needs. */
const TURNS = 300

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await undefined
  await new Promise((resolve) => setTimeout(resolve, 0))
}

/** Creates a page with a tracker, the destination under test, and a second destination that always works. */
export function openStage(make: (platform: ManualPlatform) => DestinationUnderTest) {
  let platform = createManualPlatform()
  const { destination: given, received, trouble } = make(platform)
  if (given.openLane && !trouble)
    throw new Error(`${given.name} has a lane of its own: give \`trouble\`, which makes its far end fail.`)

  let troubled: OwnTrouble | undefined
  /** Payloads of `contract_2`, compared as JSON because `send` gets copies. */
  const second = new Set<string>()
  const destination: AnyDestination = trouble
    ? given
    : {
        ...given,
        map: (event, override) => {
          const made = given.map?.(event, override) ?? { payload: event }
          if (event.name === 'contract_2') second.add(JSON.stringify(made.payload))
          return made
        },
        send: (...args) => {
          if (
            troubled?.endsWith('contract_2') &&
            args[0].some((payload) => second.has(JSON.stringify(payload)))
          )
            throw troubled.startsWith('fails')
              ? new Error('not this one')
              : new PermanentError('not this one')
          if (troubled === 'fails') throw new Error('the contract wants a failure')
          if (troubled === 'refused') throw new PermanentError('the contract wants a refusal')
          return troubled === 'hangs' ? new Promise<void>(() => {}) : given.send(...args)
        },
      }
  const neighbour: TrackedEvent[] = []
  const decided = new Map<Name, Decision>()

  const open = () =>
    createTracker({
      plan,
      platform,
      consent: 'granted',
      destinations: [
        destination,
        {
          name: 'neighbour',
          consent: given.consent,
          send: (events: readonly TrackedEvent[]) => void neighbour.push(...events),
        },
      ],
    })
  let tracker = open()

  const decision = (name: Name) =>
    tracker.record.get().decisions.find(({ number }) => number === decided.get(name)?.number)
  const expectNames = (whose: string, names: readonly string[], wanted: readonly Name[]) => {
    if (names.join() !== wanted.join())
      throw new Error(
        `${whose} got ${names.join(', ') || 'nothing'}; promised was ${wanted.join(', ') || 'nothing'}.`,
      )
  }
  const arrivedNames = () => received().map(({ name }) => name)

  return {
    destination: given,
    neighbour: (): readonly TrackedEvent[] => neighbour,
    get platform() {
      return platform
    },
    trouble: (kind: Trouble | undefined) => {
      if (trouble) trouble(kind)
      else troubled = kind
    },
    /** Returns false if the destination brings its own `trouble`: the contract cannot make single events fail there. */
    troubleSecond: (kind: 'fails' | 'refused') => {
      troubled = `${kind} for contract_2`
      return !trouble
    },
    /** Tracks all events in one task, so that they may share a batch. */
    track: (...names: readonly Name[]): readonly Decision[] =>
      names.map((name) => {
        const made = tracker.track(name)
        decided.set(name, made)
        return made
      }),
    flush: () => tracker.flush(),
    consent: (state: ConsentState) => tracker.consent.update(state),
    /** Advances the clock in steps, and settles promises between them. */
    async pass(ms: number): Promise<void> {
      await settle()
      const steps = Math.max(STEPS, Math.ceil(ms / LONGEST_STEP_MS))
      for (let step = 0; ms > 0 && step < steps; step++) {
        platform.advance(ms / steps)
        await settle()
      }
    },
    /** Simulates a full page load in the same tab. */
    nextPage: () => {
      tracker.dispose()
      platform = platform.reload()
      tracker = open()
    },
    close: () => tracker.dispose(),
    expectArrived: (...wanted: readonly Name[]) => expectNames(given.name, arrivedNames(), wanted),
    /** Allows copies: a page that was left cannot read the response, so that the next page sends its events again. */
    expectAllArrived: (...wanted: readonly Name[]) =>
      expectNames(given.name, [...new Set(arrivedNames())].sort(), wanted),
    expectNeighbour: (...wanted: readonly Name[]) =>
      expectNames(
        `Beside ${given.name}, another destination`,
        neighbour.map(({ name }) => name),
        wanted,
      ),
    expectDelivery: (name: Name, ...wanted: readonly DeliveryState[]) => {
      const state = decision(name)?.deliveries[given.name]?.state
      if (!state || !wanted.includes(state))
        throw new Error(`${name} ended as ${state}; promised was ${wanted.join(' or ')}.`)
    },
    /** Compares the ids that the destination sends; copies without an id pass. */
    expectSameIds: () => {
      const ids = new Map(neighbour.map(({ name, id }) => [name, id]))
      for (const { name, id } of received())
        if (id !== undefined && id !== ids.get(name))
          throw new Error(`${name} arrived as ${id}, but is ${ids.get(name)}: a copy must keep its id.`)
    },
  }
}

/** The page that the contract tests run on. */
export type ContractStage = ReturnType<typeof openStage>
