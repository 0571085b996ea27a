import { useEffect, useState } from 'react'
import type { Writers } from './writers.ts'

/** Undefined until they have come. */
export function useWriters(): Writers | undefined {
  const [loaded, setLoaded] = useState<Writers>()

  useEffect(() => {
    import('./writers.ts').then(
      ({ writers }) => setLoaded(writers),
      (error: unknown) => console.error('The microconversions overlay could not load its formats.', error),
    )
  }, [])

  return loaded
}
