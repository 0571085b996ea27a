import type { Decision } from '../../engine/record/decision.ts'
import { type TestedAttempt, testedAttempts } from '../../plan/coverage/tested.ts'
import type { News } from './listen.ts'

interface HeardDocument {
  readonly url: string
  hasTracker: boolean
  /** True once its last message has arrived. */
  left: boolean
  /** Returns false if another document replaced it, or its tab was closed. */
  readonly isOpen: () => boolean
}

/** The decisions of all documents of a test: the newest state of each. */
export interface Heard {
  /** Takes a message of a document, as JSON of `News`. */
  readonly hear: (text: string, isOpen?: (document: string) => boolean) => void
  /** Returns the decisions in the order of their times. */
  readonly decisions: () => readonly Decision[]
  /** Returns the attempts for the plan coverage. */
  readonly tested: () => readonly TestedAttempt[]
  /** Removes all decisions so far. */
  readonly clear: () => void
  /** Returns the URLs of documents that were left before their last message arrived. */
  readonly cutOff: () => readonly string[]
}

export function createHeard(): Heard {
  const documents = new Map<string, HeardDocument>()
  const decisions = new Map<string, { readonly plan: string; readonly decision: Decision }>()
  return {
    hear(text, isOpen = () => true) {
      const { document, url, leaving, tracker, plan, decisions: news }: News = JSON.parse(text)
      const isThere = () => isOpen(document)
      const known = documents.get(document) ?? { url, hasTracker: false, left: false, isOpen: isThere }
      documents.set(document, known)
      known.left ||= leaving
      known.hasTracker ||= tracker > 0
      for (const decision of news)
        decisions.set([document, tracker, decision.number].join(), { plan, decision })
    },
    decisions: () => [...decisions.values()].map(({ decision }) => decision).sort((a, b) => a.time - b.time),
    tested: () => [...decisions.values()].flatMap(({ plan, decision }) => testedAttempts(plan, [decision])),
    clear: () => decisions.clear(),
    cutOff: () =>
      [...documents.values()]
        .filter(({ hasTracker, left, isOpen }) => hasTracker && !left && !isOpen())
        .map(({ url }) => url),
  }
}
