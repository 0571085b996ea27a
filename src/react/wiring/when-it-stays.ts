import { attempt } from '../../support/attempt.ts'
import { contained } from '../../triggers/contained.ts'

/** Redirects of a router often wait for a server, whose answer takes longer than two frames. */
const SHORTEST_WAIT_MS = 250
/** Background tabs draw no frames. */
const LONGEST_WAIT_MS = 1_000
/** User actions that prove that the page was seen. */
const ACTS = ['pointerdown', 'keydown', 'click', 'input', 'wheel']
const passive = { capture: true, passive: true }
/**
 * The timer as it was when this module was loaded: a test that replaces and stops timers must not keep pages from being
 * reported.
 */
const { setTimeout: realTimeout } = globalThis

/**
 * Calls `report` once, after 250 ms and two frames, or as soon as the user acts. By then the effects of this commit
 * have run, set titles (react-helmet does so in the next frame) and redirected (`<Navigate>`, `navigate()`).
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
  // A timer after each frame, so that the work that the frame scheduled runs first.
  const afterFrame = (run: () => void) => attempt(() => page.requestAnimationFrame(() => setTimeout(run)))
  for (const act of ACTS) page.addEventListener(act, end, passive)
  setTimeout(() => afterFrame(() => afterFrame(end)), SHORTEST_WAIT_MS)
  realTimeout(end, LONGEST_WAIT_MS)
}
