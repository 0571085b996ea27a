import { useEffect, useMemo, useState } from 'react'

/** The share of the main thread that may go into it. */
const SHARE = 1 / 50

/** What `make` makes of the newest value: at once where it is cheap, seldom where it costs much. A new `make` is used at once. */
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
