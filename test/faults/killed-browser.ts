import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright'
import { browserArgs, ensureBrowser } from '../../scripts/browser.mjs'

const DEAD_WITHIN_MS = 5_000

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
        executablePath: ensureBrowser(),
        args: browserArgs,
      })
      const pid = childWith(profile)
      return {
        context,
        async kill() {
          const dead = new Promise<void>((resolve) => context.once('close', () => resolve()))
          process.kill(pid, 'SIGKILL')
          await Promise.race([dead, new Promise((resolve) => setTimeout(resolve, DEAD_WITHIN_MS))])
        },
      }
    },
    forget: () => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  }
}

/** The child of this process that has the profile open. */
function childWith(profile: string): number {
  const { stdout } = spawnSync('ps', ['-axww', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' })
  const found = stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match?.[3]?.includes(`--user-data-dir=${profile}`) && !match[3].includes('--type='))
    .find((match) => Number(match?.[2]) === process.pid)
  if (!found) throw new Error('The browser that is to be killed was not found.')
  return Number(found[1])
}
