import type { Entry, Ledger } from './ledger.ts'

/** An admitted occurrence on its way through the shared ledger. */
export interface Commit {
  /** Of its decision: commits go in this order, also when an earlier one was held and comes later. */
  readonly number: number
  /** Resolved late: ids of scopes may have been adopted meanwhile. */
  readonly entries: () => readonly Entry[]
  /** Epoch ms. */
  readonly time: number
  /** Called once. False: another tab was first. */
  readonly done: (won: boolean) => void
}

interface CommitsOptions {
  readonly ledger: Ledger
  /** Storage is open, or never will be. */
  readonly ready: () => Promise<void>
  readonly isReady: () => boolean
  /** The ids of visitor and session stand. */
  readonly settled: () => Promise<unknown>
  readonly later: (delayMs: number, run: () => void) => () => void
}

/** An event waits no longer than this for the ledger: then it leaves, and a late refusal is only recorded. */
const LONGEST_WAIT_MS = 50

/** Commits in order of occurrence, so that destinations see the order in which things happened. */
export function createCommits({ ledger, ready, isReady, settled, later }: CommitsOptions) {
  const waiting = new Set<Commit>()
  let chain: Promise<unknown> = Promise.resolve()

  async function next(): Promise<void> {
    await ready()
    const commit = [...waiting].sort((a, b) => a.number - b.number)[0]
    if (!commit) return
    const cancel = later(LONGEST_WAIT_MS, () => finish(commit, true))
    await settled()
    const won = await ledger.commit(commit.entries(), commit.time)
    cancel()
    finish(commit, won)
  }

  function finish(commit: Commit, won: boolean): void {
    if (waiting.delete(commit) || !won) commit.done(won)
  }

  return {
    add(commit: Commit): void {
      if (waiting.size === 0 && isReady() && !ledger.contested(commit.entries())) {
        ledger.spend(commit.entries(), commit.time)
        commit.done(true)
        return
      }
      waiting.add(commit)
      chain = chain.then(next)
    },
    /** The page is being left: what is still waiting leaves with it. */
    leave(): void {
      for (const commit of waiting) {
        ledger.commitLeaving(commit.entries(), commit.time)
        finish(commit, true)
      }
    },
    idle: () => chain,
  }
}
