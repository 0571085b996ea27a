import { createManualPlatform } from '../../src/testing/manual-platform.ts'

/** No step of any database begins between `stop` and `go`. */
export function gated() {
  let gate = Promise.resolve()
  let go = () => {}
  const stop = () => {
    gate = new Promise((resolve) => {
      go = resolve
    })
  }
  return { platform: createManualPlatform({ turn: () => gate }), stop, go: () => go() }
}
