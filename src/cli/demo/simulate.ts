import type { EventRow } from '../../collector/rows/row.ts'
import { draw } from '../../plan/draw.ts'
import { BASE_RATE, type Behaviour, behaviour, demoPlan } from './demo-plan.ts'
import { createRandom, type Random } from './random.ts'
import { type Device, rowOfVisit, type Visit } from './visit-row.ts'

/** Options of `simulate`. */
export interface SimulationOptions {
  readonly users: number
  /** Number of days on which users come. */
  readonly days: number
  /** Epoch ms of the end of the last day. */
  readonly until: number
  readonly seed: number
  /** Share of rows that are stored twice. Default 0.06. */
  readonly copies?: number
}

const DAY_MS = 86_400_000
const devices: readonly (readonly [Device, number])[] = [
  ['mobile', 0.55],
  ['desktop', 0.38],
  ['tablet', 0.07],
]
const sources = [
  ['search', 0.4],
  ['direct', 0.25],
  ['newsletter', 0.2],
  ['ads', 0.15],
] as const
const campaigns: Readonly<Record<string, string>> = { newsletter: 'spring', ads: 'brand' }

/** Yields the rows of simulated users, copies included, one user at a time. */
export function* simulate(options: SimulationOptions): Generator<readonly EventRow[]> {
  const random = createRandom(options.seed)
  for (let index = 0; index < options.users; index++) yield rowsOfUser(random, options)
}

interface Person {
  readonly id: string
  readonly device: Device
  /** Wire names of events that the rollout excludes. */
  readonly outside: string
  /** Error of the user's clock in ms. */
  readonly skew: number
  /** Events done so far. */
  readonly done: Set<string>
}

function rowsOfUser(random: Random, { days, until, copies = 0.06 }: SimulationOptions): readonly EventRow[] {
  const id = random.uuid()
  const person: Person = {
    id,
    device: random.pick(devices),
    outside: outsideOf(id),
    skew: random.chance(0.02) ? 2 * 3_600_000 : 0,
    done: new Set(),
  }
  const rows: EventRow[] = []
  let start = until - Math.ceil(random.uniform() * days * DAY_MS)
  for (let visit = 1; start < until; visit++) {
    rows.push(...rowsOfVisit(random, person, visit, start, until))
    if (random.chance(0.65)) break
    start += Math.round(random.exponential(1 / (4 * DAY_MS))) + 3_600_000
  }
  return rows.flatMap((row) => {
    if (!random.chance(copies)) return [row]
    return [row, { ...row, received_at: row.received_at + random.below(60_000) }]
  })
}

function outsideOf(user: string): string {
  const names = [...demoPlan.events].flatMap(([name, { rollout = 1 }]) =>
    draw('rollout', name, user) < rollout ? [] : [name],
  )
  return names.length > 0 ? `,${names.join()},` : ''
}

function rowsOfVisit(
  random: Random,
  person: Person,
  number: number,
  start: number,
  until: number,
): readonly EventRow[] {
  const source = random.pick(sources)
  const visit: Visit = {
    sessionId: random.uuid(),
    user: person.id,
    device: person.device,
    outside: person.outside,
    skew: person.skew,
    source,
    campaign: campaigns[source] ?? null,
    number,
  }
  const rows: EventRow[] = []
  for (const { name, at } of actsOf(random, person)) {
    const time = start + Math.round(at * 1_000)
    if (time >= until) break
    rows.push(rowOfVisit(random, visit, name, time))
  }
  return rows
}

interface Act {
  readonly name: string
  /** Seconds since the visit began. */
  readonly at: number
}

const names = Object.keys(behaviour)

/** Draws what a user does in a visit: each event has a rate, and what was done before changes the rate of a booking. */
function* actsOf(random: Random, { done, outside, device }: Person): Generator<Act> {
  const length = random.exponential(1 / 90) * random.exponential(1) * (device === 'mobile' ? 0.8 : 1.2)
  const able = names.filter((name) => !outside.includes(`,${name},`))
  yield { name: 'page_view', at: 0 }
  for (let at = 0; ; ) {
    const rates = ratesNow(able, done)
    at += random.exponential(rates.reduce((sum, [, rate]) => sum + rate, 0))
    if (at > length) return
    const name = random.pick(rates)
    done.add(name)
    yield { name, at }
  }
}

function ratesNow(able: readonly string[], done: ReadonlySet<string>): (readonly [string, number])[] {
  const booked = done.has('demo_booked')
  const rates: (readonly [string, number])[] = [['page_view', 1 / 45]]
  let booking = booked ? 0 : BASE_RATE
  for (const name of able) {
    const { perSecond, lift, afterBooking } = behaviour[name] as Behaviour
    rates.push([name, booked ? perSecond * afterBooking : perSecond])
    if (done.has(name)) booking *= lift
  }
  rates.push(['demo_booked', booking])
  return rates
}
