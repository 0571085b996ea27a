import type { AnyDestination } from '../engine/destination.ts'
import { createTracker } from '../engine/tracker.ts'
import type { ConsentState, Decision, DeliveryState, TrackedEvent } from '../engine/types.ts'
import { definePlan } from '../plan/define-plan.ts'
import { event } from '../plan/event.ts'
import { PermanentError } from '../support/permanent-error.ts'
import { createManualPlatform, type ManualPlatform } from './manual-platform.ts'

/** What becomes of each attempt to send: it may be tried again, must not be, or is never answered. */
export type Trouble = 'fails' | 'refused' | 'hangs'
/** Trouble that may concern only attempts with `contract_2` in them. */
type OwnTrouble = Trouble | 'fails for contract_2' | 'refused for contract_2'

export interface Received {
  /** Of the event, as the plan has it. */
  readonly name: string
  /** Of the event, if it goes along. */
  readonly id?: string | undefined
}

export interface DestinationUnderTest {
  readonly destination: AnyDestination
  /** Every copy that has arrived at its far end, oldest first. */
  readonly received: () => readonly Received[]
  /**
   * From now on each attempt ends so at its far end; undefined: all is well again. Default: its `send` throws, throws a
   * `PermanentError`, or never resolves. A destination with `openLane` has to bring its own.
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
/** Enough for every chain of promises between `track` and the far end. */
const TURNS = 300

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await undefined
  await new Promise((resolve) => setTimeout(resolve, 0))
}

/** One page with a tracker, the destination under test, and a neighbour that always works. */
export function openStage(make: (platform: ManualPlatform) => DestinationUnderTest) {
  let platform = createManualPlatform()
  const { destination: given, received, trouble } = make(platform)
  if (given.openLane && !trouble)
    throw new Error(`${given.name} has a lane of its own: give \`trouble\`, which makes its far end fail.`)

  let troubled: OwnTrouble | undefined
  /** Payloads that `map` made of `contract_2`, as JSON: `send` gets copies. */
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
    /** False: the far end is not in the hands of the stage. */
    troubleSecond: (kind: 'fails' | 'refused') => {
      troubled = `${kind} for contract_2`
      return !trouble
    },
    /** One task: what is tracked in it may travel together. */
    track: (...names: readonly Name[]): readonly Decision[] =>
      names.map((name) => {
        const made = tracker.track(name)
        decided.set(name, made)
        return made
      }),
    flush: () => tracker.flush(),
    consent: (state: ConsentState) => tracker.consent.update(state),
    /** Moves the clock in steps, with time between them for all that is asynchronous. */
    async pass(ms: number): Promise<void> {
      await settle()
      for (let step = 0; ms > 0 && step < STEPS; step++) {
        platform.advance(ms / STEPS)
        await settle()
      }
    },
    /** A full page load in the same tab. */
    nextPage: () => {
      tracker.dispose()
      platform = platform.reload()
      tracker = open()
    },
    close: () => tracker.dispose(),
    expectArrived: (...wanted: readonly Name[]) => expectNames(given.name, arrivedNames(), wanted),
    /** Copies are allowed, as where nobody could hear the answer. */
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
    /** As far as ids go along. */
    expectSameIds: () => {
      const ids = new Map(neighbour.map(({ name, id }) => [name, id]))
      for (const { name, id } of received())
        if (id !== undefined && id !== ids.get(name))
          throw new Error(`${name} arrived as ${id}, but is ${ids.get(name)}: a copy must keep its id.`)
    },
  }
}

export type ContractStage = ReturnType<typeof openStage>
