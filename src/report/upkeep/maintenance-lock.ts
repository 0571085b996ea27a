import { readFile, rm, stat, writeFile } from 'node:fs/promises'
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
    const holder = await readFile(path, 'utf8').catch(() => '')
    if (!retry || (await isHeld(path, holder)) || !(await removeLeft(path, holder)))
      throw new MicroconversionError(
        'RMC609',
        `Process ${holder || 'unknown'} compacts or erases in this folder, and two at a time could lose rows. Wait until it has ended, or remove ${path} if it has.`,
      )
    await take(path, false)
  }
}

/** Time in which a process writes its id into the lock that it has created, or removes the lock of another. */
const MOMENT_MS = 10_000

async function isHeld(path: string, holder: string): Promise<boolean> {
  return holder === '' ? isYoung(path) : isRunning(Number(holder))
}

async function isYoung(path: string): Promise<boolean> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }))
  return Date.now() - mtimeMs < MOMENT_MS
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

/**
 * Removes the lock of a process that has ended. Returns false if another process is about to: one that comes later would remove the
 * new lock.
 */
async function removeLeft(path: string, holder: string): Promise<boolean> {
  const guard = `${path}.removing`
  try {
    await writeFile(guard, '', { flag: 'wx' })
  } catch {
    if (!(await isYoung(guard))) await rm(guard, { force: true })
    return false
  }
  try {
    if ((await readFile(path, 'utf8').catch(() => null)) === holder) await rm(path)
    return true
  } finally {
    await rm(guard, { force: true })
  }
}
