'use client'

import { type RefObject, useInsertionEffect, useRef } from 'react'

/** The newest value for callbacks that run later: inline functions and objects need no memo. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value)
  useInsertionEffect(() => {
    latest.current = value
  })
  return latest
}

/** The newest value while it is of the same thing; afterwards the last that was. */
export function latestOfSame<T>(latest: RefObject<T>, keyOf: (value: T) => string): () => T {
  let own = latest.current
  const key = keyOf(own)
  return () => {
    if (keyOf(latest.current) === key) own = latest.current
    return own
  }
}
