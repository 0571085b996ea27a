import {
  byteLength,
  type Network,
  type NetworkAnswer,
  type NetworkRequest,
} from '../../src/platform/network.ts'

/**
 * `fail`: no answer · `cut`: it arrives, and no answer does · `wait`: until `answer()`, or the time-out · `hang`: until
 * `answer()`, as a `fetch` that hears neither its signal nor a time-out. A function answers by the ids in the request.
 */
export type Answer =
  | number
  | NetworkAnswer
  | 'fail'
  | 'cut'
  | 'wait'
  | 'hang'
  | ((ids: readonly string[]) => Answer)

export interface Sent {
  /** Of the events in it. */
  readonly ids: readonly string[]
  readonly request: NetworkRequest
}

interface ScriptedNetworkOptions {
  readonly later: (delayMs: number, run: () => void) => () => void
  readonly origin?: string | undefined
  /** Called as each request or beacon starts. */
  readonly onStart?: ((ids: readonly string[]) => void) | undefined
}

const idsOf = (body: string): readonly string[] => {
  const { events, batch } = JSON.parse(body) as Record<string, readonly { id?: string; messageId?: string }[]>
  return (events ?? batch ?? []).map(({ id, messageId }) => String(id ?? messageId))
}

/** A network that answers as it is told. */
export function scriptedNetwork({ later, origin = 'https://shop.test', onStart }: ScriptedNetworkOptions) {
  const requests: Sent[] = []
  const beacons: { readonly ids: readonly string[]; readonly body: string; readonly type: string }[] = []
  const arrived: string[] = []
  const waiting: ((answer: Answer) => void)[] = []
  const listeners = new Set<() => void>()
  let script: Answer[] = []
  let otherwise: Answer = 200
  let online = true
  let seemsOffline = false
  let beaconRoom = Number.POSITIVE_INFINITY
  let keptAlive = 0

  const network: Network = {
    request: (request) => {
      const ids = idsOf(request.body)
      onStart?.(ids)
      requests.push({ ids, request })
      const bytes = request.keepalive ? byteLength(request.body) : 0
      keptAlive += bytes
      const settled = new Promise<NetworkAnswer>((resolve, reject) => {
        let cancel = () => {}
        const give = (told: Answer) => {
          const answer = typeof told === 'function' ? told(ids) : told
          if (answer === 'wait' || answer === 'hang') {
            waiting.push(give)
            if (answer === 'wait') expect()
            return
          }
          cancel()
          const status = typeof answer === 'number' ? answer : typeof answer === 'object' ? answer.status : 0
          if (answer === 'cut' || (status >= 200 && status < 300)) arrived.push(...ids)
          if (answer === 'fail' || answer === 'cut') reject(new TypeError('Failed to fetch'))
          else resolve(typeof answer === 'object' ? answer : { status })
        }
        const expect = () => {
          cancel = later(request.timeoutMs, () => reject(new Error('timed out')))
          request.signal?.addEventListener('abort', () => {
            cancel()
            reject(new Error('aborted'))
          })
        }
        give(online ? (script.shift() ?? otherwise) : 'fail')
      })
      const free = () => {
        keptAlive -= bytes
      }
      settled.then(free, free)
      return settled
    },
    beacon: (_url, body, type) => {
      if (byteLength(body) > beaconRoom) return false
      beaconRoom -= byteLength(body)
      const ids = idsOf(body)
      onStart?.(ids)
      beacons.push({ ids, body, type })
      if (online) arrived.push(...ids)
      return true
    },
    keptAliveBytes: () => keptAlive,
    online: () => online && !seemsOffline,
    onOnline: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    origin: () => origin,
  }

  return {
    network,
    requests,
    beacons,
    /** Ids of the events that reached the server, with repetitions. */
    arrived,
    batches: () => requests.map(({ ids }) => ids),
    /** The next answers; then as before. */
    script: (...answers: readonly Answer[]) => {
      script = [...answers]
    },
    /** Every answer from now on. */
    always: (answer: Answer) => {
      script = []
      otherwise = answer
    },
    /** Answers the oldest request that waits. */
    answer: (answer: Answer) => {
      const next = waiting.shift()
      if (!next) throw new Error('no request waits')
      next(answer)
    },
    leaveBeaconsRoom: (bytes: number) => {
      beaconRoom = bytes
    },
    /** The browser says that it is offline, and is not. False: it says so no more. */
    seemOffline: (says = true) => {
      seemsOffline = says
    },
    disconnect: () => {
      online = false
    },
    connect: () => {
      online = true
      for (const listener of [...listeners]) listener()
    },
  }
}
