import { type HttpOptions, http } from 'react-microconversions/destinations'
import type { CollectorMode } from '../support/collect-plugin.ts'

/** Storybook's dev server has a collector; a static build, which has no server, has one in the page. */
const isServed = import.meta.env.DEV
const SLOW_MS = 3_000

let mode: CollectorMode = 'ok'
let told: Promise<unknown> = Promise.resolve()

/** Changes the answer of the collector from the next request on; several changes take effect in order. */
export function tellCollector(next: CollectorMode): void {
  mode = next
  if (!isServed) return
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode }),
  }
  told = told.then(() => fetch('/collect/mode', request)).catch(() => {})
}

/** Resolves when it has heard all of it. */
export const collectorKnows = () => told

const inPage: HttpOptions['network'] = {
  async request() {
    if (!navigator.onLine) throw new TypeError('offline')
    if (mode === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
    return { status: mode === 'fail' ? 503 : mode === 'reject' ? 400 : 204 }
  },
  beacon: () => mode === 'ok',
  keptAliveBytes: () => 0,
  online: () => navigator.onLine,
  onOnline: (listener) => {
    addEventListener('online', listener)
    return () => removeEventListener('online', listener)
  },
  origin: () => location.origin,
}

export const collector = http({ url: '/collect', network: isServed ? undefined : inPage })
