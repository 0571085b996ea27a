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
