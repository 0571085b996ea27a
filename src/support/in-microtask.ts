import { call } from './listeners.ts'

/** Replaces `queueMicrotask`, which Jest's fake timers hold up and old browsers lack. */
export function inMicrotask(run: () => void): void {
  void Promise.resolve().then(() => call(run))
}
