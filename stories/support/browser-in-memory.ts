import {
  createManualPlatform,
  type ManualPlatform,
  type ManualPlatformOptions,
} from 'react-microconversions/testing'

const TICK_MS = 50

export interface BrowserInMemory {
  /** Its clock follows the real one, and `advance` moves it ahead. */
  readonly platform: ManualPlatform
  readonly stop: () => void
}

/** Each story gets a browser of its own: nothing is stored, and no story counts what happened in another. */
export function browserInMemory(options: ManualPlatformOptions = {}): BrowserInMemory {
  let last = Date.now()
  const platform = createManualPlatform({ now: last, title: 'Story', ...options })
  const timer = setInterval(() => {
    const now = Date.now()
    platform.advance(now - last)
    last = now
  }, TICK_MS)
  return { platform, stop: () => clearInterval(timer) }
}
