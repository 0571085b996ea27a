import { attempt } from './attempt.ts'

/** Calls a function of the application. An error is logged, and does not stop the caller. */
export function call(listener: () => void): void {
  try {
    listener()
  } catch (error) {
    attempt(() => console.error(error))
  }
}

/** Creates a list of listeners for one kind of notification. */
export function createListeners<News extends readonly unknown[] = []>() {
  type Listener = (...news: News) => void
  const listeners = new Set<Listener>()
  return {
    tell: (...news: News): void => {
      for (const listener of [...listeners]) call(() => listener(...news))
    },
    /** Returns an unsubscribe function. */
    add(listener: Listener): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
