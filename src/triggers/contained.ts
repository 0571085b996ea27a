/** Handles an error that a trigger threw. */
export type OnFault = (error: unknown) => void

/** Handler of errors at the moment. By default errors are rethrown, as in a test of a trigger. */
let onFaultNow: OnFault = (error) => {
  throw error
}

/** Returns the current error handler, for an object that contains the errors of its own callbacks. */
export const faultHandler = (): OnFault => onFaultNow

/**
 * Runs part of a trigger. Its errors go to `onFault` and no further, and so do later errors of callbacks that it
 * wrapped in `contained`.
 */
export function contain<T>(onFault: OnFault, run: () => T): T | undefined {
  const outer = onFaultNow
  onFaultNow = onFault
  try {
    return run()
  } catch (error) {
    onFault(error)
    return undefined
  } finally {
    onFaultNow = outer
  }
}

/**
 * Wraps a listener, or the callback of a timer or observer, so that its errors go to the error handler of its trigger.
 */
export function contained<Arguments extends unknown[], T>(
  callback: (...given: Arguments) => T,
): (...given: Arguments) => T | undefined {
  const onFault = onFaultNow
  return (...given) => contain(onFault, () => callback(...given))
}

/** Starts a trigger and contains its errors. The errors of the returned stop function are contained, too. */
export function startContained(onFault: OnFault, start: () => () => void): () => void {
  const stop = contain(onFault, start)
  return () => contain(onFault, () => stop?.())
}
