import type { TrackedEvent } from '../../src/engine/pipeline/tracked-event.ts'

/** An event of a batch of version 2, with its own context and page. */
export type ReadEvent = Omit<TrackedEvent, 'version'> & {
  readonly version?: string
  readonly context: TrackedEvent['context'] & { readonly library: string }
}

/** Reads a batch of version 2 as a collector does: references resolved, defaults filled in. */
export function eventsIn(batch: unknown): readonly ReadEvent[] {
  const { contexts, pages, events } = batch as Record<string, any>
  return events.map(({ context = 0, page = 0, scope = {}, replay, ...own }: any) => {
    const { anonymousId, userId, sessionId, consent, ...around } = contexts[context]
    return {
      sampleRate: 1,
      trigger: { component: 'track', fact: 'call' },
      version: around.planVersion,
      ...own,
      ...{ anonymousId, userId, sessionId, consent },
      context: { storage: 'persistent', landing: 'unknown', bot: false, ...around, scope, replay },
      page: { referrer: '', ...pages[page] },
    }
  })
}
