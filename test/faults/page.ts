import { createTracker, definePlan, event, typed } from 'react-microconversions/core'
import { http } from 'react-microconversions/destinations'
import { browserPlatform } from '../../src/platform/browser.ts'

interface Step {
  readonly step: string
  readonly note: string
}

/** With it, the properties of a step take some 250 bytes, as those of a real event do. */
const NOTE = 'n'.repeat(210)

/** The page that the fault scenarios open; driven from outside through `globalThis.faults`. */
const plan = definePlan({
  name: 'faults',
  version: '1',
  events: {
    step_taken: event({ properties: typed<Step>() }),
    step_counted: event({
      properties: typed<Step>(),
      frequency: { per: 'session', key: ({ step }) => step },
    }),
    step_hurried: event({ properties: typed<Step>(), urgency: 'critical' }),
  },
})
const kinds = ['step_taken', 'step_counted', 'step_hurried'] as const
/** Of no tracker: steps that fired in a task after which nobody can ask this page any more. */
const WITNESS = 'witness'
/** Of no tracker: which page has heard that it is left. */
const HEARD = 'heard'

const { searchParams } = new URL(location.href)
// A visit of later: what dead pages have leased is free again by then.
const aheadMs = Number(searchParams.get('ahead') ?? 0)
const realNow = Date.now.bind(Date)
Date.now = () => realNow() + aheadMs

/** As in the first moments of a page on a busy machine. */
const opening = () => {
  const platform = browserPlatform()
  return platform && { ...platform, openDatabase: () => new Promise<never>(() => {}) }
}
/** Begun here, whether they arrive or not. */
let requests = 0
const realFetch = globalThis.fetch
globalThis.fetch = (...given) => {
  requests++
  return realFetch(...given)
}
const url = searchParams.has('elsewhere') ? `http://localhost:${location.port}/collect` : '/collect'
const tracker = createTracker({
  plan,
  destinations: [http({ url })],
  consent: 'granted',
  platform: searchParams.has('opening') ? opening() : undefined,
})

/** Reports numbered steps of each kind; returns those that fired. */
function track(label: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, number) => `${label} ${number}`).filter(
    (step, number) =>
      tracker.track(kinds[number % 3] ?? 'step_taken', { step, note: NOTE }).outcome === 'fired',
  )
}

/** So many steps of one kind, in one task. */
function trackInBulk(label: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, number) => `${label} ${number}`).filter(
    (step) => tracker.track('step_taken', { step, note: NOTE }).outcome === 'fired',
  )
}

/** So many steps a second, a few in each task. */
async function stream(label: string, perSecond: number, seconds: number): Promise<readonly string[]> {
  const fired: string[] = []
  const from = performance.now()
  for (let count = 0; count < perSecond * seconds; ) {
    const due = Math.min(perSecond * seconds, Math.floor(((performance.now() - from) / 1_000) * perSecond))
    if (due > count) fired.push(...trackInBulk(`${label} ${count}`, due - count))
    count = Math.max(count, due)
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
  return fired
}

/** The next page of this origin finds the steps. */
function leaveWord(steps: readonly string[]): void {
  const before: readonly string[] = JSON.parse(localStorage.getItem(WITNESS) ?? '[]')
  localStorage.setItem(WITNESS, JSON.stringify([...before, ...steps]))
}
const trackAsWitness = (label: string, count: number) => leaveWord(track(label, count))

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** Whether the database has so many steps of it, as another connection sees it. */
async function isStored(label: string, count: number): Promise<boolean> {
  let texts = ''
  for (const { name } of await indexedDB.databases()) {
    const database = await answerOf(indexedDB.open(name ?? ''))
    for (const store of database.objectStoreNames)
      texts += JSON.stringify(await answerOf(database.transaction(store).objectStore(store).getAll()))
    database.close()
  }
  return Array.from({ length: count }, (_, number) => `${label} ${number}`).every((step) =>
    texts.includes(step),
  )
}

const pageId = crypto.randomUUID()
// After the listener of the tracker: what is written here, the tracker has heard too.
addEventListener('pagehide', () => localStorage.setItem(`${HEARD} ${pageId}`, ''))

const faults = {
  tracker,
  pageId,
  requests: () => requests,
  isStored,
  track,
  trackInBulk,
  trackAsWitness,
  stream,
  restored: 0,
  /** A link to the other page that reports when it is clicked. */
  addLink: (label: string, count: number) => {
    const link = document.createElement('a')
    link.href = '/other'
    link.textContent = 'Away'
    link.addEventListener('click', () => trackAsWitness(label, count))
    document.body.append(link)
  },
  trackAtPageHide: (label: string, count: number) =>
    addEventListener('pagehide', () => trackAsWitness(label, count), { once: true }),
}
export type FaultsPage = typeof faults

addEventListener('pageshow', ({ persisted }) => {
  if (persisted) faults.restored++
})
Object.assign(globalThis, { faults })
