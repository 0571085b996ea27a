import { attempt } from '../support/attempt.ts'

/** Longest wait for a lock. A page that was frozen with the lock must not stop the others. */
const LONGEST_WAIT_MS = 400
/** Time after which every process sees a write to local storage. */
const PROPAGATION_MS = 100

const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    if (!attempt(() => setTimeout(resolve, ms))) resolve()
  })

/** Resolves after the time, or when the page is left. */
const pauseUntilLeft = (ms: number) =>
  new Promise<void>((resolve) => {
    const end = () => {
      attempt(() => removeEventListener('pagehide', end))
      resolve()
    }
    attempt(() => addEventListener('pagehide', end))
    pause(ms).then(end)
  })

/**
 * Runs a step under a lock; without one after 400 ms, twice. Holds the lock only for a moment: a page that holds one
 * may not enter the back/forward cache, or may come back without it.
 */
export function exclusively(name: string, step: () => void): Promise<void> {
  return new Promise((resolve) => {
    let begun = false
    const begin = (run: () => Promise<unknown>) => {
      if (begun) return undefined
      begun = true
      return run()
    }
    const withLock = async () => {
      // A write of another process is visible in the next task at the earliest.
      await pause(0)
      attempt(step)
      resolve()
      await pauseUntilLeft(PROPAGATION_MS)
    }
    const withoutLock = async () => {
      await pause(0)
      attempt(step)
      await pause(PROPAGATION_MS)
      attempt(step)
      resolve()
    }
    const goWithout = () => void begin(withoutLock)
    // Locks exist only in secure contexts.
    const asked = attempt(() => navigator.locks.request(name, () => begin(withLock)).catch(goWithout))
    if (asked) pause(LONGEST_WAIT_MS).then(goWithout)
    else goWithout()
  })
}
