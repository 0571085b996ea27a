type OnFault = (error: unknown) => void

/** Takes what is thrown now. Without a starter, as in a test of a trigger, it is thrown on. */
let onFaultNow: OnFault = (error) => {
  throw error
}

function run<T>(onFault: OnFault, callback: () => T): T | undefined {
  const outer = onFaultNow
  onFaultNow = onFault
  try {
    return callback()
  } catch (error) {
    onFault(error)
    return undefined
  } finally {
    onFaultNow = outer
  }
}

/**
 * Starts a trigger. What it throws goes to `onFault` and no further: now, when it is stopped, and later in each callback that
 * it has made `contained`.
 */
export function startContained<Arguments extends unknown[]>(
  start: () => (...given: Arguments) => void,
  onFault: OnFault,
): (...given: Arguments) => void {
  const stop = run(onFault, start)
  return (...given) => run(onFault, () => stop?.(...given))
}

/** A listener or the callback of a timer or an observer: what it throws goes where the trigger's faults go. */
export function contained<Arguments extends unknown[]>(
  callback: (...given: Arguments) => void,
): (...given: Arguments) => void {
  const onFault = onFaultNow
  return (...given) => run(onFault, () => callback(...given))
}
