import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pid } from 'node:process'
import { MicroconversionError } from '../../support/errors.ts'
import { noEvents } from '../store/file-store.ts'

/** Runs a task while no other process compacts or erases in the folder: two at a time could lose rows. */
export async function withLock<T>(dir: string, task: () => Promise<T>): Promise<T> {
  const path = join(dir, 'maintenance.lock')
  await take(path).catch((error) => {
    const { code } = error as { readonly code?: string }
    throw code === 'ENOENT' || code === 'ENOTDIR' ? noEvents(dir) : error
  })
  try {
    return await task()
  } finally {
    await rm(path, { force: true })
  }
}

async function take(path: string, retry = true): Promise<void> {
  try {
    await writeFile(path, String(pid), { flag: 'wx' })
  } catch (error) {
    if ((error as { readonly code?: string }).code !== 'EEXIST') throw error
    const holder = Number(await readFile(path, 'utf8').catch(() => ''))
    if (!retry || isRunning(holder))
      throw new MicroconversionError(
        'RMC609',
        `Process ${holder} compacts or erases in this folder, and two at a time could lose rows. Wait until it has ended, or remove ${path} if it has.`,
      )
    await rm(path, { force: true })
    await take(path, false)
  }
}

/** Signal 0 only asks. A process of another user answers EPERM. */
function isRunning(holder: number): boolean {
  if (!Number.isInteger(holder) || holder <= 0) return false
  try {
    process.kill(holder, 0)
    return true
  } catch (error) {
    return (error as { readonly code?: string }).code === 'EPERM'
  }
}
