import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { build } from 'esbuild'
import { publicEntries } from '../../scripts/entries.mjs'

/** Bundles the program; returns its path. */
export async function buildCollectorProgram(folder: string): Promise<string> {
  const outfile = join(folder, 'collector-program.mjs')
  await build({
    entryPoints: ['test/support/collector-program.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    // The longer names first: esbuild also replaces the beginning of a path.
    alias: Object.fromEntries(
      publicEntries()
        .sort((one, other) => other.name.length - one.name.length)
        .map(({ name, source }) => [name, source]),
    ),
  })
  return outfile
}

/** Starts the program in a process of its own. `shell` comes before it in a shell, such as a limit. */
export async function startCollector(program: string, dir: string, shell = '') {
  const command = `${shell} exec "${execPath}" "${program}" "${dir}"`
  const child: ChildProcess = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (line: Buffer) => resolve(line.toString().trim()))
    child.once('exit', (code) => reject(new Error(`The collector ended with ${code}.`)))
  })
  return { url, kill }
}
