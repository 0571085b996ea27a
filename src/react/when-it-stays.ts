import { attempt } from '../support/attempt.ts'
import { contained } from '../triggers/contained.ts'

/** A redirect of the router often asks a server first: its answer takes longer than two frames. */
const SHORTEST_WAIT_MS = 250
/** A tab in the background draws no frames. */
const LONGEST_WAIT_MS = 1_000
/** Acts of the visitor that prove that the page was seen. */
const ACTS = ['pointerdown', 'keydown', 'click', 'input', 'wheel']
const passive = { capture: true, passive: true }
/**
 * The timer at the load of this file: a test that replaces timers, and stops them, must not keep pages from
 * being reported.
 */
const { setTimeout: realTimeout } = globalThis

/**
 * Calls once, after 250 ms and two frames: by then the effects of this commit have run, have set titles (react-helmet does it
 * in the next frame) and redirected (`<Navigate>`, `navigate()`). Calls earlier if the visitor acts.
 */
export function whenItStays(report: () => void): void {
  const page = window
  let ended = false
  const end = contained(() => {
    if (ended) return
    ended = true
    for (const act of ACTS) page.removeEventListener(act, end, passive)
    report()
  })
  // A timer after each frame: what the frame has called forth comes first.
  const afterFrame = (run: () => void) => attempt(() => page.requestAnimationFrame(() => setTimeout(run)))
  for (const act of ACTS) page.addEventListener(act, end, passive)
  setTimeout(() => afterFrame(() => afterFrame(end)), SHORTEST_WAIT_MS)
  realTimeout(end, LONGEST_WAIT_MS)
}
