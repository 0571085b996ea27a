import type { Writes } from '../../platform/platform.ts'
import type { Ledger } from '../counts/ledger.ts'
import { drawnOut, unitsOf } from '../decision/participation.ts'
import type { Reason } from '../record/decision.ts'
import type { Storage } from '../storage/storage.ts'
import type { Identity } from '../who/identity.ts'
import { type Attempt, entriesFor, giveCountsBack, isWanted } from './attempt.ts'
import type { Departures } from './departures.ts'

interface ClaimingOptions {
  readonly ledger: Ledger
  readonly storage: Pick<Storage, 'ready' | 'isReady'>
  readonly identity: Pick<Identity, 'settled' | 'isSettled' | 'isKnown' | 'reread'>
  readonly departures: Departures
  readonly later: (delayMs: number, run: () => void) => () => void
}

/** Longest wait of an event for its claim. After that it leaves, and a later refusal is only recorded. */
const LONGEST_WAIT_MS = 50

/** Claims the counts of admitted attempts in order of occurrence, so that destinations receive events in that order. */
export function createClaiming({ ledger, storage, identity, departures, later }: ClaimingOptions) {
  /** Attempts that have neither won nor lost nor departed. */
  const waiting = new Set<Attempt>()
  /** Attempts for which the database was not asked yet. */
  const queue = new Set<Attempt>()
  let chain: Promise<unknown> = Promise.resolve()

  /** Held attempts are added later, but keep their place. */
  const inOrder = (attempts: Iterable<Attempt>) => [...attempts].sort((a, b) => a.number - b.number)

  async function next(): Promise<void> {
    await storage.ready()
    // The longest wait does not apply here: ids depend on user and session.
    await identity.settled()
    const [attempt] = inOrder(queue)
    if (!attempt) return
    queue.delete(attempt)
    // It has left already: this writes to the database, and nothing waits for the answer.
    if (!waiting.has(attempt)) return void ask(attempt)
    if (isLeftOut(attempt)) return
    let stop = () => {}
    const late = new Promise<void>((resolve) => {
      stop = later(LONGEST_WAIT_MS, () => {
        for (const each of identity.isKnown() ? inOrder(waiting) : [attempt]) goWithout(each, ledger.spend)
        resolve()
      })
    })
    await Promise.race([ask(attempt), late])
    stop()
  }

  /** Draws rollout and sampling, now that user and session are known. Ends an attempt in which they do not take part. */
  function isLeftOut(attempt: Attempt): boolean {
    const { occurrence, planned, who, verdict, randomId } = attempt
    const fired = verdict.outcome === 'fired'
    const reason = fired && drawnOut(occurrence.event, planned, unitsOf(who, randomId))
    if (!reason) return false
    attempt.claim = 'refused'
    finish(attempt, false, false, reason)
    return true
  }

  async function ask(attempt: Attempt): Promise<void> {
    if (!isWanted(attempt)) return finish(attempt, true, false)
    const { time } = attempt.occurrence
    const entries = entriesFor(attempt)
    const isWaiting = () => waiting.has(attempt)
    const decided = () => {
      if (attempt.claim === 'granted') return
      attempt.claim = 'granted'
      ledger.spend(entries, time)
      giveCountsBack(attempt, ledger)
    }
    const claimant = {
      time,
      rows: isWaiting() ? departures.rowsOf(attempt) : nothing,
      isWaiting,
      isRefused: () => attempt.claim === 'refused' || !isWanted(attempt),
      decided,
    }
    await ledger.commit(entries, claimant, (won, stored) => {
      const wanted = isWanted(attempt)
      if (won && wanted && isWaiting()) decided()
      finish(attempt, won || !wanted, stored)
    })
  }

  /** Decides without the database, by what this tab knows: the mirror may have the counts of another tab. */
  function goWithout(attempt: Attempt, spend: Ledger['spend']): void {
    identity.reread()
    if (isLeftOut(attempt)) return
    const { time } = attempt.occurrence
    const entries = entriesFor(attempt)
    const isGranted = attempt.claim === 'granted'
    const wanted = isWanted(attempt)
    const free = isGranted || !wanted || ledger.free(entries, time)
    if (!free) attempt.claim = 'refused'
    else if (!isGranted && wanted) spend(entries, time)
    finish(attempt, free, false)
  }

  /** Ends a claim. Called a second time if the attempt left before it was refused. */
  function finish(attempt: Attempt, won: boolean, stored: boolean, reason?: Reason): void {
    if (!waiting.delete(attempt) && (won || attempt.claim === 'refused')) return
    giveCountsBack(attempt, ledger)
    departures.finish(attempt, won, stored, reason)
  }

  return {
    add(attempt: Attempt): void {
      departures.begin(attempt)
      const entries = entriesFor(attempt)
      const isFree = storage.isReady() && identity.isSettled() && !ledger.contested(entries)
      waiting.add(attempt)
      if (isFree && waiting.size === 1) {
        ledger.spend(entries, attempt.occurrence.time)
        finish(attempt, true, false)
        return
      }
      attempt.waited = true
      queue.add(attempt)
      chain = chain.then(next, next)
    },
    /** Lets all waiting attempts leave with the page, and those that follow from them. */
    leave(): void {
      while (waiting.size > 0) for (const attempt of inOrder(waiting)) goWithout(attempt, ledger.spendLeaving)
      queue.clear()
    },
    /** Resolves when no attempt claims any more. */
    async idle(): Promise<void> {
      for (let last: unknown; last !== chain; ) {
        last = chain
        await chain
      }
    },
  }
}

const nothing: Writes = new Map()

export type Claiming = ReturnType<typeof createClaiming>
