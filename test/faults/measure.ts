import type { Browser } from 'playwright'
import type { Engine } from '../support/engines/launch-engine.ts'
import type { Scenario } from './scenarios.ts'
import { createWorld, recover, type Tally } from './world.ts'

export interface Result extends Tally {
  readonly name: string
  readonly promised: boolean
  /** What the server was sent that its schema does not describe. */
  readonly violations: readonly string[]
}

/** One scenario, until all that will ever arrive has arrived. */
export async function measure(
  { name, promised = true, times, run }: Scenario,
  scale: keyof Scenario['times'],
  browser: Browser,
  engine: Engine = 'Chromium',
): Promise<Result> {
  const context = await browser.newContext()
  const world = await createWorld(engine, context)
  try {
    await run(world, times[scale])
    // What is lost for good is waited for in vain.
    await recover(world, promised ? undefined : 3_000)
    return { name, promised, ...(await world.tally()), violations: world.server.violations() }
  } finally {
    await context.close()
    await world[Symbol.asyncDispose]()
  }
}

/** As many at a time as asked for, results in order. */
export async function inLanes<T, R>(
  items: readonly T[],
  lanes: number,
  run: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  const rest = [...items.entries()]
  const lane = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) results[next[0]] = await run(next[1])
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}
