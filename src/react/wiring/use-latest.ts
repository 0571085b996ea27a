'use client'

import { type RefObject, useInsertionEffect, useRef } from 'react'

/**
 * Returns a ref to the newest committed value, for callbacks that run later. Inline functions and objects need no memo.
 */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value)
  useInsertionEffect(() => {
    latest.current = value
  })
  return latest
}
