import { createTracker, definePlan, event, journey, type PageInput, typed } from 'react-microconversions/core'
import { memory } from 'react-microconversions/destinations'
import { browserPlatform } from '../../src/platform/browser.ts'

/** The page that the e2e tests open: one tracker, driven from outside through `globalThis.rmc`. */
const plan = definePlan({
  name: 'e2e',
  version: '1',
  events: {
    step_taken: event({}),
    round_raced: event({
      properties: typed<{ round: string }>(),
      frequency: { per: 'session', key: ({ round }) => round },
    }),
    demo_booked: event({ frequency: 'once-per-user' }),
    pricing_clicked: event({ frequency: 'once-per-session' }),
    hero_seen: event({ frequency: 'once-per-page' }),
    ...derivedPairs(20),
  },
})

/** `pair_0_taken` twice in a session is one `pair_0_made`. */
function derivedPairs(count: number): object {
  const pairs = Array.from({ length: count }, (_, index) => [
    [`pair_${index}_taken`, event({})],
    [`pair_${index}_made`, event({ after: { event: `pair_${index}_taken` as never, times: 2 } })],
  ])
  return Object.fromEntries(pairs.flat())
}

/** Moves the clock of this page: what it stores is in the future of the others, unless they move along. */
let aheadMs = 0
const realNow = Date.now.bind(Date)
Date.now = () => realNow() + aheadMs

const { searchParams } = new URL(location.href)
const consent = searchParams.has('pending') ? 'pending' : 'granted'
const platform = browserPlatform()
/** Waits for the ledger however long it takes: a busy machine must not decide a race. */
const patient = platform && { ...platform, later: () => () => {} }

const destination = memory()
const tracker = createTracker({
  plan,
  destinations: [destination],
  // Not in the other pages, whose stored bytes are counted.
  plugins: searchParams.has('journey') ? [journey()] : [],
  consent,
  hold: searchParams.has('held') ? 'tab' : undefined,
  platform: searchParams.has('patient') ? patient : undefined,
})

/** Waits, and for the last milliseconds spins, so that tabs act in the same one. */
async function at(time: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, time - realNow() - 4)))
  while (realNow() < time);
}

const rmc = {
  tracker,
  destination,
  restored: 0,
  track: (name: 'step_taken' | 'demo_booked' | 'pricing_clicked' | 'hero_seen') => tracker.track(name),
  page: (input?: PageInput) => tracker.page(input),
  /** Tracks each round at its moment; resolves when all is settled. */
  race: async (label: string, rounds: number, from: number, everyMs: number) => {
    for (let round = 0; round < rounds; round++) {
      await at(from + round * everyMs)
      tracker.track('round_raced', { round: `${label} ${round}` })
    }
    await tracker.flush()
  },
  /** Takes the first half of a pair, or the second, at its moment. */
  takePair: async (index: number, moment = 0) => {
    await at(moment)
    tracker.track(`pair_${index}_taken` as 'step_taken')
    await tracker.flush()
  },
  /** At its moment moves the clock, and tracks. */
  wake: async (moment: number, stepMs: number) => {
    await at(moment)
    aheadMs += stepMs
    tracker.track('step_taken')
    await tracker.flush()
  },
  now: realNow,
}
export type TrackerPage = typeof rmc

addEventListener('pageshow', ({ persisted }) => {
  if (persisted) rmc.restored++
})
Object.assign(globalThis, { rmc })
