import type { Writes } from '../platform/platform.ts'
import type { Entry, Ledger } from './ledger.ts'

/** An admitted occurrence on its way through the shared ledger. */
export interface Commit {
  /** Of its decision: commits go in this order, also when an earlier one was held and comes later. */
  readonly number: number
  /** Resolved late: ids of scopes may have been adopted meanwhile. */
  readonly entries: () => readonly Entry[]
  /** Epoch ms. */
  readonly time: number
  /** False: no destination may have it any more, and nothing is to be spent on it. */
  readonly wanted: () => boolean
  /** What the database is to store together with the claim: asked for once the ids stand. */
  readonly rows: () => Writes
  /** Gives its reserved counts back: they are spent, or never will be. */
  readonly release: () => void
  /**
   * Called once, and once more if it had to leave before it was refused. `won` false: another tab was first. `stored`:
   * its rows are in the database.
   */
  readonly done: (won: boolean, stored: boolean) => void
}

interface CommitsOptions {
  readonly ledger: Ledger
  /** Storage is open, or never will be. */
  readonly ready: () => Promise<void>
  readonly isReady: () => boolean
  /** Resolves when the ids of user and session are known; bounded. */
  readonly settled: () => Promise<unknown>
  readonly isKnown: () => boolean
  /** Takes over ids that other tabs have settled, as far as this one can know. */
  readonly reread: () => void
  readonly later: (delayMs: number, run: () => void) => () => void
}

/** An event waits no longer than this for its claim: then it goes, and a late refusal is only recorded. */
const LONGEST_WAIT_MS = 50

/** Commits in order of occurrence, so that destinations see the order in which things happened. */
export function createCommits(options: CommitsOptions) {
  const { ledger, ready, isReady, settled, isKnown, reread, later } = options
  /** Neither won nor lost nor left. */
  const waiting = new Set<Commit>()
  /** Not asked for yet. */
  const queue = new Set<Commit>()
  /** The database has granted them, though the answer is on its way. */
  const granted = new WeakSet<Commit>()
  /** The mirror has refused them, before there was an answer. */
  const refused = new WeakSet<Commit>()
  let chain: Promise<unknown> = Promise.resolve()

  const inOrder = (commits: Iterable<Commit>) => [...commits].sort((a, b) => a.number - b.number)

  async function next(): Promise<void> {
    await ready()
    // The bound is for claims alone: an id is made of who is here.
    await settled()
    const [commit] = inOrder(queue)
    if (!commit) return
    queue.delete(commit)
    // It has left already; its claim is still asked for, and nobody waits for the answer.
    if (!waiting.has(commit)) return void ask(commit)
    let stop = () => {}
    const late = new Promise<void>((resolve) => {
      stop = later(LONGEST_WAIT_MS, () => {
        for (const each of isKnown() ? inOrder(waiting) : [commit]) goWithout(each, ledger.spend)
        resolve()
      })
    })
    await Promise.race([ask(commit), late])
    stop()
  }

  async function ask(commit: Commit): Promise<void> {
    if (!commit.wanted()) return finish(commit, true, false)
    const entries = commit.entries()
    const isWaiting = () => waiting.has(commit)
    const decided = () => {
      if (granted.has(commit)) return
      granted.add(commit)
      ledger.spend(entries, commit.time)
      commit.release()
    }
    const claimant = {
      time: commit.time,
      rows: isWaiting() ? commit.rows() : nothing,
      isWaiting,
      isRefused: () => refused.has(commit) || !commit.wanted(),
      decided,
    }
    await ledger.commit(entries, claimant, (won, stored) => {
      const wanted = commit.wanted()
      if (won && wanted && isWaiting()) decided()
      finish(commit, won || !wanted, stored)
    })
  }

  /** Without an answer: what this tab knows must do. The mirror may have heard of another tab. */
  function goWithout(commit: Commit, spend: Ledger['spend']): void {
    reread()
    const entries = commit.entries()
    const free = granted.has(commit) || !commit.wanted() || ledger.free(entries, commit.time)
    if (!free) refused.add(commit)
    else if (!granted.has(commit) && commit.wanted()) spend(entries, commit.time)
    finish(commit, free, false)
  }

  function finish(commit: Commit, won: boolean, stored: boolean): void {
    if (!waiting.delete(commit) && (won || refused.has(commit))) return
    commit.release()
    commit.done(won, stored)
  }

  return {
    add(commit: Commit): void {
      if (waiting.size === 0 && isReady() && !ledger.contested(commit.entries())) {
        ledger.spend(commit.entries(), commit.time)
        commit.release()
        commit.done(true, false)
        return
      }
      waiting.add(commit)
      queue.add(commit)
      chain = chain.then(next, next)
    },
    /** The page is being left: what is still waiting leaves with it. */
    leave(): void {
      // What one of them calls forth leaves with it.
      while (waiting.size > 0) for (const commit of inOrder(waiting)) goWithout(commit, ledger.spendLeaving)
      queue.clear()
    },
    async idle(): Promise<void> {
      for (let last: unknown; last !== chain; ) {
        last = chain
        await chain
      }
    },
  }
}

const nothing: Writes = new Map()
