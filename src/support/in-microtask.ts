import { call } from './listeners.ts'

/**
 * Runs a function in a microtask, without `queueMicrotask`, which Jest's fake timers intercept and old browsers lack.
 */
export function inMicrotask(run: () => void): void {
  void Promise.resolve().then(() => call(run))
}
