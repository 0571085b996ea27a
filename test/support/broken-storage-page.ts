import { createTracker, definePlan, event, typed } from 'react-microconversions/core'
import { http } from 'react-microconversions/destinations'

declare global {
  /** From the first script of the page: what the host page would have seen. */
  var thrown: string[]
  /** From the same, if storage breaks only once the library uses it. */
  var breakLate: (() => void | Promise<void>) | undefined
  /** From the same: resolves when storage is broken enough for the tracker to begin. */
  var broken: Promise<void> | undefined
}

/** A page whose storage is broken; driven from outside through `globalThis.storage`, or from the page around it. */
const properties = typed<{ step: string }>()
const plan = definePlan({
  name: 'broken-storage',
  version: '1',
  events: {
    step_taken: event({ properties }),
    step_counted: event({ properties, frequency: 'once-per-session' }),
    user_counted: event({ properties, frequency: 'once-per-user' }),
  },
})
const names = ['step_taken', 'step_counted', 'user_counted'] as const

const created = Promise.resolve(globalThis.broken).then(() =>
  createTracker({ plan, destinations: [http({ url: '/collect' })], consent: 'granted' }),
)

/** Resolves once the database is in use: on a busy machine, it opens after `flush` has given up waiting for it. */
const isStoring = ({ record }: Awaited<typeof created>) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (record.get().storage !== 'persistent') return
      stop()
      resolve()
    }
    const stop = record.subscribe(look)
    look()
  })

/** A visit with its return from the back/forward cache. Resolves to the fate of each attempt. */
async function visit() {
  const tracker = await created
  const fates: Record<string, Record<string, string>> = {}
  const step = (label: string) => {
    fates[label] = {}
    for (const name of names) {
      const { outcome, reason } = tracker.track(name, { step: label })
      fates[label][name] = outcome === 'fired' ? outcome : reason
    }
  }
  await tracker.flush()
  if (globalThis.breakLate) await isStoring(tracker)
  await globalThis.breakLate?.()
  step('first')
  await tracker.flush()
  step('leaving')
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  step('back')
  await tracker.flush()
  const { storage } = tracker.record.get()
  tracker.consent.update('denied')
  step('denied')
  await tracker.flush()
  tracker.consent.update('granted')
  tracker.identify('u-1')
  await tracker.flush()
  return { fates, storage, thrown }
}
export type Visit = Awaited<ReturnType<typeof visit>>

const storage = {
  visit,
  /** In the task that leaves the page. */
  leave: async () => {
    const tracker = await created
    tracker.track('step_taken', { step: 'gone' })
    location.href = '/away'
  },
}
export type BrokenStoragePage = typeof storage
Object.assign(globalThis, { storage })

if (parent !== globalThis.window) visit().then((result) => parent.postMessage(result, '*'))
