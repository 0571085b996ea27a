import { createRandom } from './random.ts'

/** A simulated site: sessions and counts of its events on each day. */
export interface SiteDays {
  readonly sessions: readonly number[]
  readonly events: readonly (readonly number[])[]
}

interface SiteOptions {
  readonly seed: number
  readonly days: number
  /** Mean number of sessions a day. */
  readonly sessions: number
  /** Rates per session. */
  readonly rates: readonly number[]
  /** Factor of the sessions of a day, such as that of a campaign. */
  readonly traffic?: (day: number) => number
  /** Factor of an event on a day, such as that of an outage. */
  readonly rate?: (day: number, event: number) => number
}

const WEEK = [1.15, 1.2, 1.15, 1.1, 1, 0.7, 0.7]
/** Standard deviation of what makes a day of a site, and an event on a day, differ from others. */
const SPREAD = 0.08

/** 24 rates from 1 per two sessions to 1 per 200, as a site has them. */
export const typicalRates = Array.from({ length: 24 }, (_, i) => 0.5 * 0.01 ** (i / 23))

/** Draws a site with weekends, growth of 20 % a year, and days that differ more than chance allows. */
export function siteDays({
  seed,
  days,
  sessions,
  rates,
  traffic = () => 1,
  rate = () => 1,
}: SiteOptions): SiteDays {
  const random = createRandom(seed)
  const spread = () => Math.exp(SPREAD * random.normal())
  const drawn = Array.from({ length: days }, (_, day) =>
    random.poisson(sessions * (WEEK[day % 7] as number) * 1.2 ** (day / 365) * spread() * traffic(day)),
  )
  return {
    sessions: drawn,
    events: rates.map((each, event) =>
      drawn.map((n, day) => random.poisson(n * each * spread() * rate(day, event))),
    ),
  }
}
