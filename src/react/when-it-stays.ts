/** As they were when this file was loaded: a test that replaces timers must not stop pages from being reported. */
const { requestAnimationFrame: nextFrame, setTimeout: later } = globalThis

/** On a busy machine, what `<Navigate>` starts takes longer than two frames. */
const SHORTEST_WAIT_MS = 50
/** A tab in the background draws no frames. */
const LONGEST_WAIT_MS = 1_000
/** Where the visitor acts, the page has been seen. */
const ACTS = ['pointerdown', 'keydown', 'click']

/**
 * Calls once, after 50 ms and two frames: by then the effects of this commit have run, have set titles (react-helmet does it
 * in the next frame) and redirected (`<Navigate>`, `navigate()`). Calls earlier if the visitor acts.
 */
export function whenItStays(report: () => void): void {
  const page = window
  let ended = false
  const end = () => {
    if (ended) return
    ended = true
    for (const act of ACTS) page.removeEventListener(act, end, true)
    report()
  }
  // A timer after each frame: what the frame has called forth comes first.
  const afterFrame = (run: () => void) => nextFrame?.(() => later(run))
  for (const act of ACTS) page.addEventListener(act, end, true)
  later(() => afterFrame(() => afterFrame(end)), SHORTEST_WAIT_MS)
  later(end, LONGEST_WAIT_MS)
}
