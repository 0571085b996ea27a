import { useEffect, useState } from 'react'
import { loadLater } from '../load-later.ts'
import { giveMatcher, hasExpression, hasMatcher } from './filter-terms.ts'

/** Loads what matches regular expressions once a filter has one. Returns whether it is there, or is not needed. */
export function useExpressions(text: string): boolean {
  const [, setLoaded] = useState(false)
  const missing = !hasMatcher() && hasExpression(text)
  useEffect(() => {
    if (missing)
      loadLater().then(
        ({ compileExpression }) => {
          giveMatcher(compileExpression)
          setLoaded(true)
        },
        (error: unknown) => console.error(error),
      )
  }, [missing])
  return !missing
}
