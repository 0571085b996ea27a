import { useEffect, useMemo, useState } from 'react'

/** Maximum share of the main thread for `make`. */
const SHARE = 1 / 50

/**
 * Returns `make(value)` for a recent value. Recomputes at once while `make` is fast, and less often the longer it
 * takes. A new `make` applies at once.
 */
export function usePaced<Value, Made>(value: Value, make: (value: Value) => Made): Made {
  const [taken, setTaken] = useState(value)
  const { made, due } = useMemo(() => {
    const began = performance.now()
    const made = make(taken)
    const ended = performance.now()
    return { made, due: ended + (ended - began) / SHARE }
  }, [make, taken])

  useEffect(() => {
    if (taken === value) return undefined
    const timer = setTimeout(() => setTaken(value), due - performance.now())
    return () => clearTimeout(timer)
  }, [taken, value, due])

  return made
}
