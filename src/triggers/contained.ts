export type OnFault = (error: unknown) => void

/** Takes what is thrown now. Where none is set, as in a test of a trigger, it is thrown on. */
let onFaultNow: OnFault = (error) => {
  throw error
}

/**
 * Runs a part of a trigger. What it throws goes to `onFault` and no further, and so does what its callbacks throw later, if
 * it has made them `contained`.
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

/** A listener, or the callback of a timer or an observer: what it throws goes where the faults of its trigger go. */
export function contained<Arguments extends unknown[]>(
  callback: (...given: Arguments) => void,
): (...given: Arguments) => void {
  const onFault = onFaultNow
  return (...given) => contain(onFault, () => callback(...given))
}

/** Starts a trigger, contained. The returned stop is, too. */
export function startContained(onFault: OnFault, start: () => () => void): () => void {
  const stop = contain(onFault, start)
  return () => contain(onFault, () => stop?.())
}
