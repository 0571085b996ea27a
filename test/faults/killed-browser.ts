import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright'
import { browserArgs, ensureBrowser, findHeadlessShell } from '../../scripts/browser.mjs'

export interface Mortal {
  readonly context: BrowserContext
  /** SIGKILL for the process that was started here, and no other. */
  readonly kill: () => Promise<void>
}

/** A browser with a profile on disk, which survives the death of its process. */
export function mortalBrowser() {
  const profile = mkdtempSync(join(tmpdir(), 'microconversions-'))
  return {
    async launch(): Promise<Mortal> {
      const context = await chromium.launchPersistentContext(profile, {
        executablePath: findHeadlessShell() ?? ensureBrowser(),
        args: browserArgs,
        timeout: 60_000,
      })
      const pid = await processOf(context)
      return {
        context,
        async kill() {
          const dead = new Promise((resolve) => context.once('close', resolve))
          process.kill(pid, 'SIGKILL')
          await dead
        },
      }
    },
    forget: () => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  }
}

/** The id of the browser's main process, as the browser says it. */
async function processOf(context: BrowserContext): Promise<number> {
  const session = await context.browser()?.newBrowserCDPSession()
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {}
  const main = processInfo.find(({ type }) => type === 'browser')
  if (!main) throw new Error('The browser that is to be killed does not say its process.')
  return main.id
}
