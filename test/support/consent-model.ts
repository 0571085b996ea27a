import { http } from '../../src/destinations/http/http.ts'
import type { AnyDestination } from '../../src/engine/delivery/destination.ts'
import { journey } from '../../src/engine/journey/journey.ts'
import { consentFor } from '../../src/engine/permission/consent-need.ts'
import type {
  ConsentSnapshot,
  ConsentState,
  ConsentUpdate,
} from '../../src/engine/permission/consent-types.ts'
import type { TrackedEvent } from '../../src/engine/pipeline/tracked-event.ts'
import type { Decision } from '../../src/engine/record/decision.ts'
import { createTracker } from '../../src/engine/tracker.ts'
import { definePlan } from '../../src/plan/define-plan.ts'
import { event } from '../../src/plan/event.ts'
import { typed } from '../../src/plan/standard-schema.ts'
import type { KeyValue, Platform, Writes } from '../../src/platform/platform.ts'
import { PermanentError } from '../../src/support/permanent-error.ts'
import { createManualPlatform, type ManualPlatform } from '../../src/testing/manual-platform.ts'
import type { Action, Conduct, EventName, Setting } from './consent-visits.ts'
import { scriptedNetwork } from './scripted-network.ts'
import { drain } from './tracking.ts'

const attempt = typed<{ attempt: number }>()
const plan = definePlan({
  name: 'model',
  version: '1',
  events: {
    step_taken: event({ properties: attempt }),
    page_looked: event({ properties: attempt, frequency: 'once-per-session' }),
    demo_booked: event({ properties: attempt, frequency: 'once-per-user' }),
    product_picked: event({
      properties: typed<{ attempt: number; product: string }>(),
      frequency: { per: 'user', key: ({ product }) => product },
    }),
    ours_only: event({ properties: attempt, destinations: { ads: false } }),
    theirs_only: event({
      properties: attempt,
      frequency: 'once-per-user',
      destinations: { measure: false, outbox: false },
    }),
    // Nobody tracks them: what they follow from is known, and they obey the same consent.
    step_repeated: event({ after: { event: 'step_taken', times: 2 } }),
    product_returned: event({ after: { event: 'product_picked', times: 2, within: '1d' } }),
  },
})

const destinations = ['measure', 'ads', 'outbox'] as const
type Name = (typeof destinations)[number]

/** One call of `track`. */
interface Attempt {
  readonly number: number
  readonly name: EventName
  /** What may be counted once. */
  readonly key: string
  readonly time: number
  readonly tab: Tab
  readonly decision: number
  readonly moment: number
  /** It had to leave, or its session ended, before the database could say who was first. */
  impatient: boolean
}

interface Start {
  readonly attempt: number
  readonly to: Name
  readonly id: string
  readonly user: string
}

/** What all tabs of the browser share, and what was seen in them. */
interface World {
  readonly setting: Setting
  readonly faults: string[]
  readonly attempts: Attempt[]
  readonly starts: Start[]
  readonly conducts: Partial<Record<Name, Conduct>>
  readonly replies: ((well: boolean) => void)[]
  /** By destination and event. */
  readonly confirmed: Set<string>
  readonly events: Map<string, TrackedEvent>
  /** By a call of `consent.update`. */
  readonly withdrawals: { readonly category: string; readonly moment: number }[]
  /** How often everything has come to rest. */
  moment: number
  /** Withdrawals and resets, which the tabs tell each other. */
  news: number
  /** The moment at which such news last came to a tab. */
  heardAt: number
  /** At which counts were last forgotten: attempts before the next rest may not have known it. */
  erased: number
}

type Tab = ReturnType<typeof openTab>

/** A page with a tracker, of which nothing remains unseen. */
function openTab(world: World, platform: ManualPlatform, late: boolean) {
  const { setting, faults, attempts, starts } = world
  const { hold, initial, gpc } = setting
  const needs: Readonly<Record<Name, string>> = {
    measure: 'analytics',
    ads: 'marketing',
    outbox: setting.outbox ?? 'analytics',
  }
  const earlier =
    hold === 'tab' ? platform.tab.keys().filter((key) => isHeldAttempt(key, platform.tab.get(key))).length : 0
  let tracked = 0
  let life: 'open' | 'left' | 'closed' = 'open'
  let answering = false
  /** Of those, how many have come here. */
  let heard = world.news
  let consent = (): ConsentSnapshot => ({ ...initial, ...(gpc && { marketing: 'denied' }) })
  const stateOf = (category: string) => consent()[category] ?? 'pending'
  const fault = (text: string) => void faults.push(text)

  // ── what is written ──

  function wrote(where: string, key: string): void {
    const state = stateOf('analytics')
    const kept = state === 'pending' && hold === 'tab' && where === 'tab' && /:(held:.*|landing)$/.test(key)
    if (state !== 'granted' && !kept) fault(`${where} ${key} is written while analytics is ${state}`)
  }
  const watchedStore = (where: string, store: KeyValue): KeyValue => ({
    ...store,
    set: (key, value) => {
      wrote(where, key)
      return store.set(key, value)
    },
  })
  function look(rows: Writes | undefined) {
    for (const [key, row] of rows ?? []) if (row) wrote('database', key)
    return rows
  }
  /** A tab that was frozen reads what is stored, but the events that tell of it are still on their way. */
  const onDisk = () =>
    Object.entries(platform.stored()).flatMap(([key, value]) =>
      key.startsWith('local ') ? [[key.slice('local '.length), value] as const] : [],
    )
  const fresh: KeyValue = {
    ...platform.local,
    get: (key) => onDisk().find(([found]) => found === key)?.[1],
    keys: () => onDisk().map(([key]) => key),
  }
  const watched: Platform = {
    ...platform,
    local: watchedStore('local', late ? fresh : platform.local),
    tab: watchedStore('tab', platform.tab),
    openDatabase: async (name, onLost) => {
      if (stateOf('analytics') !== 'granted') fault('the database is opened without consent')
      const database = await platform.openDatabase(name, onLost)
      return {
        ...database,
        update: (keys, decide) => database.update(keys, (rows) => look(decide(rows))),
        put: (rows) => database.put(look(rows) ?? rows),
      }
    },
  }

  // ── what is sent ──

  /** Attempts below it were made before a withdrawal. */
  const voidBelow: Partial<Record<Name, number>> = {}
  const highest: Partial<Record<Name, number>> = {}
  /** Held at that withdrawal: what becomes of them is decided when they are released. */
  const spared = new Set<number>()
  /** Fired for another destination: at the grant they need not wait for what was held altogether. */
  const parked = new Set<string>()
  const users = new Set<string>()
  const formerUsers = new Set<string>()
  let lastLoss = -1
  let lostAt = 0

  function starting(to: Name, batch: readonly TrackedEvent[]): void {
    if (consentFor(needs[to], stateOf) !== 'granted') fault(`${to} is sent to without consent`)
    for (const { id, properties, anonymousId, time, trigger, causes = [] } of batch) {
      if (isDerived({ trigger })) {
        const got = (cause: string) => starts.some((start) => start.to === to && start.id === cause)
        if (!causes.every(got)) fault(`${to} hears of a cause that it has not got`)
        continue
      }
      const number = properties['attempt'] as number
      const made = attempts[number]
      const repeated = starts.some((start) => start.to === to && start.attempt === number)
      if (made && made.time !== time) fault(`${number} arrives with another time`)
      if (number < (voidBelow[to] ?? 0) && !spared.has(number))
        fault(`${number}, of before the withdrawal, is sent to ${to}`)
      if (number > lastLoss && (grantedAt['analytics'] ?? 0) > lostAt && formerUsers.has(anonymousId))
        fault(`${number} has the user of before`)
      if (to !== 'outbox' && world.confirmed.has(`${to} ${id}`) && !hurried(id, number))
        fault(`${number} is sent to ${to} twice`)
      if (to !== 'outbox' && !repeated && !parked.has(`${to} ${number}`)) {
        if (number < (highest[to] ?? 0)) fault(`${to} got ${number} after ${highest[to]}`)
        highest[to] = Math.max(number, highest[to] ?? 0)
      }
      users.add(anonymousId)
      starts.push({ attempt: number, to, id, user: anonymousId })
    }
  }

  const hurried = (id: string, number: number) =>
    [number, ...starts.flatMap((start) => (start.id === id ? [start.attempt] : []))].some(
      (each) => attempts[each]?.impatient,
    )

  const custom = (name: Name): AnyDestination => ({
    name,
    consent: needs[name],
    send: (batch: readonly TrackedEvent[]) => {
      starting(name, batch)
      const began = platform.now()
      const confirm = () => {
        // What is answered later counts as lost.
        if (platform.now() - began >= 30_000) return
        for (const { id } of batch) world.confirmed.add(`${name} ${id}`)
      }
      const conduct = world.conducts[name] ?? 'well'
      if (conduct === 'well') return confirm()
      if (conduct === 'throws') throw new Error('not now')
      if (conduct === 'final') throw new PermanentError('never')
      return new Promise<void>((resolve, reject) => {
        world.replies.push((well) => {
          if (well) confirm()
          if (well) resolve()
          else reject(new Error('not after all'))
        })
      })
    },
  })

  const { network, always, answer } = scriptedNetwork({
    later: platform.later,
    onStart: (ids) => {
      starting(
        'outbox',
        ids.flatMap((id) => world.events.get(id) ?? []),
      )
      const conduct = world.conducts.outbox ?? 'well'
      always(({ well: 200, throws: 503, final: 400, hangs: 'wait' } as const)[conduct])
      if (conduct === 'hangs') world.replies.push((well) => replyTo(well ? 200 : 'cut'))
    },
  })
  function replyTo(given: 200 | 'cut'): void {
    try {
      answer(given)
    } catch {
      // It was a beacon: nobody waits.
    }
  }
  const posted = http({ url: '/collect', name: 'outbox', consent: needs.outbox, network })
  const outbox: AnyDestination = {
    ...posted,
    map: (found) => {
      world.events.set(found.id, found)
      return posted.map?.(found) ?? { payload: '' }
    },
  }

  // ── what is decided ──

  const tracker = createTracker({
    plan,
    plugins: [journey()],
    platform: watched,
    consent: initial,
    hold,
    personalData: 'allow',
    destinations: [custom('measure'), custom('ads'), ...(setting.outbox ? [outbox] : [])],
  })
  consent = tracker.consent.get
  tracker.record.watch()
  const decided = () => tracker.record.get().decisions
  const decisionOf = ({ decision }: Attempt) => decided().find(({ number }) => number === decision)

  let before = consent()
  const grantedAt: Record<string, number> = Object.fromEntries(
    Object.keys(before).map((category) => [category, world.moment]),
  )
  tracker.consent.subscribe((after) => {
    for (const category of Object.keys(after)) {
      if (after[category] === 'granted' && before[category] !== 'granted') grantedAt[category] = world.moment
      if (before[category] !== 'granted' || after[category] === 'granted') continue
      const heard = world.withdrawals.some(
        (one) => one.category === category && one.moment >= (grantedAt[category] ?? 0),
      )
      // A tab that hears late clears up; an answer of just then may be taken for what it clears.
      const crossed = world.heardAt === grantedAt[category]
      if (!answering && !heard && !crossed) fault(`${category} is lost, and nobody has withdrawn it`)
      if (category === 'analytics') {
        for (const user of users) formerUsers.add(user)
        lastLoss = attempts.length - 1
        lostAt = world.moment
        hurry(world)
      }
      for (const one of attempts) {
        if (one.tab === tab && decisionOf(one)?.outcome === 'held') spared.add(one.number)
        for (const to of destinations)
          if (needs[to] === category && after[category] === 'pending') parked.add(`${to} ${one.number}`)
      }
      if (after[category] === 'denied')
        for (const to of destinations) if (needs[to] === category) voidBelow[to] = attempts.length
    }
    before = after
  })

  function park({ outcome, deliveries, properties }: Decision): void {
    if (outcome !== 'fired') return
    for (const [to, { state }] of Object.entries(deliveries))
      if (state === 'held') parked.add(`${to} ${properties?.['attempt']}`)
  }

  let last = decided()
  tracker.record.subscribe(() => {
    const now = decided()
    now.forEach((after, index) => {
      const was = last[index]
      park(after)
      if (!was || was === after || was.outcome === after.outcome) return
      const { number, reason } = after
      if (!after.first || (was.first && was.first !== after.first))
        fault(`decision ${number} has no single first`)
      if (was.outcome === 'dropped') fault(`decision ${number} was dropped, and becomes ${after.outcome}`)
      if (was.outcome === 'fired' && reason !== 'superseded' && reason !== 'withdrawn')
        fault(`decision ${number} was fired, and becomes ${reason}`)
      if (/admitted|denied|withdrawn/.test(reason) && differ(after.consent, consent()))
        fault(`decision ${number} has the snapshot of another moment`)
    })
    last = now
  })

  const erases = (category: string, state: ConsentState | undefined) =>
    category === 'analytics' && state === 'denied'
  function withdrawn(category: string): void {
    world.withdrawals.push({ category, moment: world.moment })
    world.erased = world.moment
    world.news++
    hurry(world)
  }
  const tab = {
    platform,
    tracker,
    decided,
    decisionOf,
    life: () => life,
    /** Calls of `track`, and what an earlier page of this tab has held. */
    expected: () => tracked + earlier,
    hear(): void {
      if (life !== 'open') return
      if (heard < world.news) world.heardAt = world.moment
      platform.sync()
      heard = world.news
    },
    late,
    track(name: EventName, product: string): void {
      tracked++
      const number = attempts.length
      const keyed = name === 'product_picked'
      const key = keyed ? `${name} ${product}` : name
      const decision = (tracker.track as (name: string, properties: object) => Decision)(name, {
        attempt: number,
        ...(keyed && { product }),
      })
      const time = platform.now()
      const { moment } = world
      const impatient = moment === world.erased || heard < world.news
      attempts.push({ number, name, key, time, tab, decision: decision.number, moment, impatient })
      park(decision)
      if (differ(decision.consent, consent())) fault(`${number} has the snapshot of another moment`)
      if (decision.reason !== 'frequency') return
      const cause = attempts.find((other) => {
        if (other.key !== key || other.number === number || other.number <= lastLoss) return false
        const { outcome, reason } = other.tab.decisionOf(other) ?? {}
        return outcome === 'fired' || reason === 'withdrawn' || (outcome === 'held' && other.tab === tab)
      })
      if (!cause) fault(`${number} (${key}) is refused, though nothing has fired`)
    },
    answer(change: ConsentUpdate | ConsentState, overrideGpc: boolean): void {
      const was = consent()
      const changed = typeof change === 'string' ? { analytics: change, marketing: change } : change
      for (const [category, state] of Object.entries(changed))
        if ((was[category] === 'granted' && state !== 'granted') || erases(category, state))
          withdrawn(category)
      answering = true
      tracker.consent.update(change, { overrideGpc })
      answering = false
      const states = Object.values(consent())
      if (states.every((state) => state === 'denied') && decided().some(({ outcome }) => outcome === 'held'))
        fault('something is held, and everything is denied')
    },
    leave(): void {
      hurry(world)
      life = 'left'
      platform.leave()
    },
    /** The page clears local storage: what the others count by is gone until the database tells them. */
    clear(): void {
      world.news++
      hurry(world)
      platform.clearLocal()
    },
    reset(): void {
      world.news++
      tracker.reset()
    },
    restore(): void {
      life = 'open'
      platform.restore()
    },
    close(): void {
      life = 'closed'
      tracker.dispose()
    },
  }
  if (erases('analytics', initial['analytics'])) withdrawn('analytics')
  return tab
}

const isDerived = ({ trigger }: Pick<Decision, 'trigger'>) => trigger.component === 'plan'

function isHeldAttempt(key: string, text = ''): boolean {
  return key.includes(':held:') && !isDerived(JSON.parse(text) as Decision)
}

/** What the database has not yet decided goes without its word. */
function hurry({ attempts, moment }: World): void {
  for (const one of attempts) {
    if (one.moment === moment || one.tab.decisionOf(one)?.outcome === 'held') one.impatient = true
  }
}

const differ = (a: ConsentSnapshot, b: ConsentSnapshot) => JSON.stringify(a) !== JSON.stringify(b)

/** Lives through `actions`; returns what the library did and must not do. */
export async function faultsOf(setting: Setting, actions: readonly Action[]): Promise<readonly string[]> {
  let steps = 0
  const first = createManualPlatform({
    globalPrivacyControl: setting.gpc,
    staleReads: true,
    turn: () => drain(setting.pace[steps++ % setting.pace.length]),
  })
  const world: World = {
    setting,
    faults: [],
    attempts: [],
    starts: [],
    conducts: {},
    replies: [],
    confirmed: new Set(),
    events: new Map(),
    withdrawals: [],
    moment: 0,
    news: 0,
    heardAt: -1,
    erased: -1,
  }
  const { faults } = world
  const tabs = [openTab(world, first, false)]
  const all = [...tabs]
  const put = (index: number, platform: ManualPlatform) => {
    const tab = openTab(world, platform, setting.late && index === 1)
    tabs[index] = tab
    all.push(tab)
    return tab
  }
  const settle = async () => {
    await drain(400)
    world.moment++
  }
  const hear = (alsoLate: boolean) => {
    for (const tab of tabs) if (alsoLate || !tab.late) tab.hear()
  }

  for (const action of actions) {
    const index = action.tab % tabs.length
    let tab = tabs[index] as Tab
    first.advance(1)
    hear(false)
    const open = tab.life() === 'open'
    // Two tabs that disagree about who is here are another test's concern.
    const alone = tab.late || action.does === 'reset' || action.does === 'identify'
    if (alone) await settle()
    switch (action.does) {
      case 'conduct':
        world.conducts[action.destination as Name] = action.conduct
        break
      case 'reply':
        world.replies.shift()?.(action.well)
        break
      case 'wait':
        if (action.turns > 0) await settle()
        else hurry(world)
        first.advance(action.ms)
        break
      case 'open':
        if (tabs.length < 3) tab = put(tabs.length, first.openTab())
        break
      case 'restore':
        if (tab.life() === 'left') tab.restore()
        break
      case 'reload':
        if (open) tab.leave()
        if (tab.life() === 'left') {
          tab.close()
          tab = put(index, tab.platform.reload())
        }
        break
      case 'hear':
        hear(true)
        break
      default:
        if (open) inTab(tab, action)
    }
    if (action.turns < 300 && !alone && !tab.late) await drain(action.turns)
    else await settle()
  }
  await settle()

  for (const tab of tabs) if (tab.life() === 'left') tab.restore()
  hear(true)
  await settle()
  // What they have written upon that.
  hear(false)
  const open = tabs.filter((tab) => tab.life() === 'open')
  const withdrawing = open.find(({ tracker }) => tracker.consent.get()['analytics'] === 'granted')
  const leftovers = () => Object.keys(first.stored()).filter((key) => !key.startsWith('tab '))
  if (withdrawing) {
    withdrawing.answer('denied', false)
    hear(false)
    await settle()
    // A tab that has not heard of it yet goes on in every other run, and yet leaves nothing.
    for (const tab of open)
      if (tab.late && world.attempts.length % 2 === 0) tab.track('product_picked', 'unseen')
    await settle()
    if (leftovers().length > 0) faults.push(`left behind: ${leftovers()}`)
    withdrawing.answer({ analytics: 'granted' }, false)
    await settle()
    // What it hears now is old.
    hear(true)
    await settle()
    withdrawing.track('product_picked', 'last')
    await settle()
    if (withdrawing.tracker.record.get().storage === 'memory') faults.push('the new visit is forgotten')
    withdrawing.answer('denied', false)
    hear(true)
    await settle()
    if (leftovers().length > 0) faults.push(`left behind in the end: ${leftovers()}`)
    for (const { tracker } of open)
      if (tracker.consent.get()['analytics'] === 'granted')
        faults.push('a tab has not heard of the withdrawal')
  }
  for (const tab of open) tab.answer('denied', false)
  first.advance(120_000)
  await settle()
  for (const tab of open) {
    if (tab.platform.tab.keys().length > 0) faults.push(`left in a tab: ${tab.platform.tab.keys()}`)
    const ends = tab.decided()
    if (ends.some(({ outcome }) => outcome === 'held')) faults.push('something is held for ever')
    const own = ends.filter((decision) => !isDerived(decision))
    if (own.length !== tab.expected()) faults.push(`${tab.expected()} attempts, ${own.length} decisions`)
  }
  faults.push(...repeatedOf(world))
  for (const tab of all) tab.tracker.dispose()
  return faults
}

function inTab(tab: Tab, action: Action): void {
  const { tracker, platform } = tab
  if (action.does === 'track') tab.track(action.event, action.product)
  else if (action.does === 'answer') tab.answer(action.change, action.overrideGpc)
  else if (action.does === 'identify') tracker.identify(action.user)
  else if (action.does === 'reset') tab.reset()
  else if (action.does === 'page') tracker.page()
  else if (action.does === 'clear') tab.clear()
  else if (action.does === 'freeze') platform.freeze()
  else if (action.does === 'resume') platform.resume()
  else if (action.does === 'flush') void tracker.flush()
  else if (action.does === 'hide') platform.hide()
  else if (action.does === 'leave') tab.leave()
  else if (action.does === 'close') tab.close()
}

/** Once per user means once, whoever asks: but for what could not wait. */
function repeatedOf({ starts, attempts }: World): readonly string[] {
  const fired = new Map<string, number>()
  return starts.flatMap(({ attempt: number, user }) => {
    const made = attempts[number]
    if (
      !made ||
      made.impatient ||
      made.name === 'step_taken' ||
      made.name === 'ours_only' ||
      made.name === 'page_looked'
    )
      return []
    if (made.tab.decisionOf(made)?.reason === 'superseded') return []
    const key = `${user} ${made.key}`
    const earlier = fired.get(key) ?? number
    fired.set(key, earlier)
    return earlier === number ? [] : [`${key} fired as ${earlier} and as ${number}`]
  })
}
