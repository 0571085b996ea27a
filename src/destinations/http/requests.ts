import type { DeliveryRequest } from '../../engine/delivery/delivery.ts'
import type { DeliveryNews } from '../../engine/delivery/destination.ts'
import { type NetworkAnswer, newAbort } from '../../platform/network.ts'
import { messageOf } from '../../support/message-of.ts'
import { PermanentError } from '../../support/permanent-error.ts'
import { halve, sift } from '../../support/sift.ts'
import { takeOut } from './disk.ts'
import { isMine, lease } from './leases.ts'
import { type Entry, eventIdOf, type Flight, isIn } from './outbox.ts'
import { granted, report, type State } from './state.ts'
import { TIMEOUT_MS, type Verdict, verdictOf } from './transport.ts'

const MAX_ATTEMPTS = 100
/** Longer than the network's own timeout: a `fetch` that a page has wrapped may ignore its signal. */
const LONGEST_ANSWER_MS = TIMEOUT_MS + 1_000
/** If each of at least this many events was refused individually, the endpoint may refuse all. */
const FEWEST_SUSPECT = 5

/** `keepalive`: the request outlives the page. `leaving`: it is the last one of the page. */
interface How {
  readonly keepalive?: boolean
  readonly leaving?: boolean
}

interface Sent extends How {
  readonly batch: readonly Entry[]
  readonly flight: Flight
  readonly request: DeliveryRequest
}

/** Removes entries from memory and storage, and reports their final state. */
export function end(state: State, list: readonly Entry[], ...news: Ending): void {
  takeOut(state, list)
  report(state, list, ...news)
}
type Ending = [state: DeliveryNews['state'], news?: Partial<DeliveryNews>]

const textsOf = (list: readonly Entry[]) => list.map(({ lines }) => lines.join('\n'))

function requestOf(
  { port, transport }: State,
  list: readonly Entry[],
  by: DeliveryRequest['transport'],
): DeliveryRequest {
  return {
    requestId: port.newId(),
    transport: by,
    url: transport.address,
    eventIds: list.map(({ id }) => eventIdOf(id)),
    sentAt: port.now(),
  }
}

/** Sends entries by beacon. Returns undefined if the browser does not accept them. */
export function beacon(state: State, list: readonly Entry[]): DeliveryRequest | undefined {
  const request = requestOf(state, list, 'beacon')
  return list.length > 0 && state.transport.beacon(textsOf(list), request) ? request : undefined
}

/**
 * Sends those of the entries that may be sent, and the parts of a refused batch. The first request starts within this
 * task. Resolves to true if the next batch may follow.
 */
export async function send(state: State, list: readonly Entry[], how: How = {}): Promise<boolean> {
  const free = (some: readonly Entry[], again = false) =>
    some.filter((one) => isIn(state.outbox, one) && isMine(one, state) && (again || !one.flight))
  const batch = free(list, how.leaving)
  if (batch.length === 0 || !granted(state)) return false
  /**
   * Resolves to true if the endpoint has accepted or finally rejected the part, and to undefined if it does not
   * respond.
   */
  const accepts = async (part: readonly Entry[]) => {
    const rest = free(part)
    if (rest.length === 0) return true
    return granted(state) ? isOver(await post(state, rest, how)) : undefined
  }
  const verdict = await post(state, batch, how)
  if (verdict === 'again') return false
  const isDivisible = batch.length > 1
  if (verdict === 'too-large' && isDivisible) return halve(batch, accepts)
  if (verdict !== 'refused' || !isDivisible) return true
  const allRefused = await sift(batch, accepts)
  if (allRefused && batch.length >= FEWEST_SUSPECT) state.pause.suspect()
  return !state.pause.lasts()
}

const isOver = (verdict: Verdict) =>
  verdict === 'again' ? undefined : verdict === 'sent' || verdict === 'rejected'

/**
 * Makes one request, and resolves once a response has arrived or the time is up. A later response still decides the
 * state of the entries.
 */
function post(state: State, batch: readonly Entry[], how: How): Promise<Verdict> {
  const { keepalive = false } = how
  const { port, flights, transport } = state
  const flight: Flight = { keepalive, controller: newAbort() }
  flights.add(flight)
  for (const entry of batch) {
    entry.flight = flight
    entry.attempts++
  }
  const request = requestOf(state, batch, keepalive ? 'keepalive' : 'fetch')
  state.newest = request
  const sent: Sent = { ...how, batch, flight, request }
  const answering = (async () =>
    transport.post(textsOf(batch), request, { keepalive, signal: flight.controller?.signal }))()
  return new Promise((resolve) => {
    const stop = port.later(LONGEST_ANSWER_MS, () => {
      resolve(settled(state, sent, undefined, 'no answer'))
      flight.controller?.abort()
    })
    const answered = (answer: NetworkAnswer) => {
      const late = !flights.has(flight)
      resolve(settled(state, sent, answer))
      if (late) state.alarm.set(port.now())
    }
    const failed = (thrown: unknown) => {
      if (!flights.has(flight)) return
      // The encoding has thrown: the event at fault is looked for, as after a refusal.
      const verdict = thrown instanceof PermanentError ? 'refused' : 'again'
      resolve(settled(state, sent, undefined, messageOf(thrown), verdict))
    }
    answering.then(answered, failed).finally(stop)
  })
}

/** Applies the response, or its absence, to the entries that were sent. */
function settled(
  state: State,
  sent: Sent,
  answer?: NetworkAnswer,
  fault?: string,
  without: 'again' | 'refused' = 'again',
): Verdict {
  const { batch, flight, request } = sent
  state.flights.delete(flight)
  const still = batch.filter((entry) => isIn(state.outbox, entry))
  // A later request may contain them, too: its response then decides.
  const mine = still.filter((entry) => entry.flight === flight)
  for (const entry of mine) entry.flight = undefined
  const verdict = answer ? verdictOf(answer.status, state.finalStatuses) : without
  const error = answer && verdict !== 'sent' ? `HTTP ${answer.status}` : fault
  const news = { error, request: Object.assign(request, answer, { answeredAt: state.port.now(), error }) }
  if (answer) state.offline.answered()
  if (verdict === 'again') {
    if (mine.length) retry(state, mine, news, sent)
    return verdict
  }
  if (answer) state.pause.answered(verdict === 'sent')
  if (verdict === 'sent') end(state, still, verdict, news)
  else if (verdict === 'rejected' || batch.length === 1) end(state, mine, 'rejected', news)
  else report(state, mine, 'retrying', news)
  return verdict
}

function retry(
  state: State,
  list: readonly Entry[],
  news: Required<Pick<DeliveryNews, 'request' | 'error'>>,
  { leaving }: How,
): void {
  const { pause, offline, alarm } = state
  const { status, retryAfter } = news.request as DeliveryRequest
  const may = granted(state)
  const waits = may ? 'retrying' : 'held'
  if (offline.says()) {
    offline.failed()
    for (const entry of list) entry.attempts--
    report(state, list, waits, { ...news, error: 'offline', waits: 'offline' })
    if (may) alarm.set(offline.until(list))
    return
  }
  // The browser refused at once: other requests of the page have left no room.
  const request = leaving && !status && may ? beacon(state, list) : undefined
  if (request) {
    report(state, list, 'unknown', { ...news, request })
    return
  }
  pause.begin(retryAfter)
  const again = list.filter(({ attempts }) => attempts < MAX_ATTEMPTS)
  end(
    state,
    list.filter((entry) => !again.includes(entry)),
    'expired',
    news,
  )
  void lease(state, again)
  report(state, again, waits, { ...news, nextAt: pause.until(), waits: pause.why() })
  if (may) alarm.set(pause.until())
}
