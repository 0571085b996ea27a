import { definePlan, event, standardEvents, typed } from 'react-microconversions'
import { vi } from 'vitest'

/** Standard events, and what an application would add. */
export const plan = definePlan({
  name: 'react-layer',
  version: '1',
  events: {
    ...standardEvents.form,
    ...standardEvents.video,
    ...standardEvents.navigation,
    pricing_clicked: event({ properties: typed<{ tier?: string }>() }),
    banner_seen: event({ frequency: 'once-per-page' }),
    demo_started: event({}),
    demo_booked: event({ properties: typed<{ form_name: string; source: string }>() }),
    tour_finished: event({ properties: typed<{ video_title: string; chapter?: number }>() }),
  },
})

/** For a busy machine: nothing here is about how long it takes. */
export const patient = { timeout: 60_000 }

export const eventually = <T>(check: () => T | Promise<T>) => vi.waitFor(check, patient)

/** Long enough for whatever waits for a commit. */
export const soon = () => new Promise((resolve) => setTimeout(resolve, 80))

/** A server's answer: it takes a task, as any request does. */
export const sent = () => new Promise<void>((resolve) => setTimeout(resolve))

export function deferred<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<T>((onFulfilled, onRejected) => {
    resolve = onFulfilled
    reject = onRejected
  })
  return { promise, resolve, reject }
}
