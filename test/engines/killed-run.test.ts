import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { execPath } from 'node:process'
import type { Readable } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import { engines } from '../support/engines/launch-engine.ts'

const starts: Readonly<Record<string, string>> = {
  Firefox: `
    import { firefox } from 'playwright'
    import { firefoxOptions } from './scripts/engines.mjs'
    await firefox.launch(firefoxOptions())`,
  WebKit: `
    import { startWebKitDriver } from './scripts/webkit-driver.mjs'
    await startWebKitDriver()`,
}

interface Running {
  readonly pid: number
  readonly parent: number
  readonly name: string
}

/** Every process that runs; one that has ended may wait for its parent to ask how. */
const running = (): readonly Running[] =>
  readdirSync('/proc').flatMap((pid) => {
    try {
      const found = /^(\d+) \((.*)\) ([^Z]) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
      return found ? [{ pid: Number(found[1]), name: String(found[2]), parent: Number(found[4]) }] : []
    } catch {
      return []
    }
  })

function descendants(pid: number): readonly Running[] {
  const all = running()
  const below = (parent: number): readonly Running[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)])
  return below(pid)
}

describe.each(engines.filter((engine) => engine in starts))('%s', (engine) => {
  let run: ChildProcessByStdio<null, Readable, null> | undefined
  afterEach(() => run?.kill('SIGKILL'))

  test('a run that is killed leaves no process', async () => {
    run = spawn(execPath, ['--input-type=module', '-e', `${starts[engine]}\nconsole.log('started')`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(run.stdout, 'data')
    const started = descendants(run.pid ?? 0)
    expect(started).not.toEqual([])
    run.kill('SIGKILL')
    await expect
      .poll(() =>
        running().filter(({ pid, name }) => started.some((one) => one.pid === pid && one.name === name)),
      )
      .toEqual([])
  })
})
