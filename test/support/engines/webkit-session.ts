import { remote } from 'webdriverio'
import type { startWebKitDriver } from '../../../scripts/webkit-driver.mjs'

type Driver = Awaited<ReturnType<typeof startWebKitDriver>>
type Commands = Awaited<ReturnType<typeof remote>>

/**
 * One session of WebKitGTK, with an empty profile. Its commands go to the tab that was switched to last, so they run one
 * after the other, each with its switch.
 */
export async function openWebKitSession(driver: Driver) {
  const commands = await remote({
    hostname: '127.0.0.1',
    port: driver.port,
    path: '/',
    logLevel: 'silent',
    connectionRetryTimeout: 120_000,
    capabilities: driver.capabilities,
  })
  await commands.setTimeouts(undefined, 120_000, 20_000)
  // The session ends with its last tab: this one stays open.
  const spare = await commands.getWindowHandle()
  let current = spare
  let last: Promise<unknown> = Promise.resolve()

  /** Runs in its turn, in the tab. */
  function inTab<T>(handle: string, run: (commands: Commands) => Promise<T>): Promise<T> {
    const turn = last.then(async () => {
      if (handle !== current) await commands.switchToWindow(handle)
      current = handle
      return run(commands)
    })
    last = turn.catch(() => {})
    return turn
  }

  return {
    version: String(commands.capabilities.browserVersion),
    inTab,
    /** In a window of its own: behind another tab it would be hidden, its timers slow, and nothing in it seen. */
    openTab: (): Promise<string> => inTab(spare, async () => (await commands.createWindow('window')).handle),
    closeTab: (handle: string): Promise<void> =>
      inTab(handle, async () => {
        await commands.closeWindow()
        await commands.switchToWindow(spare)
        current = spare
      }),
    cookies: () => inTab(current, () => commands.getAllCookies()),
    end: () => last.then(() => commands.deleteSession()),
  }
}

export type WebKitSession = Awaited<ReturnType<typeof openWebKitSession>>
