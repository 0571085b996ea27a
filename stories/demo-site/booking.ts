/** Values that the user typed. They go to the sales team, and never into an event. */
export interface Booking {
  readonly company: string
  readonly people: string
  readonly needs: readonly string[]
  readonly email: string
}

export type Send = (booking: Booking) => Promise<{ readonly ok: boolean; readonly status: number }>

const ANSWER_MS = 400

/** Stands for `fetch('/api/demo', …)`. With `failures`, the first so many requests are refused. */
export function pretendServer(failures = 0): Send {
  let refusals = failures
  return () =>
    new Promise((resolve) => {
      const refused = refusals > 0
      if (refused) refusals -= 1
      setTimeout(() => resolve(refused ? { ok: false, status: 503 } : { ok: true, status: 201 }), ANSWER_MS)
    })
}
