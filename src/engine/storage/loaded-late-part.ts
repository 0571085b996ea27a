import type { LatePart } from './late-part.ts'

let part: LatePart | undefined

/** Returns the late part. Undefined until it is loaded; it is not needed before a database is open. */
export const loadedLatePart = (): LatePart | undefined => part

/** Sets the late part: one that was loaded, or that of a platform whose database opens at once, as in tests. */
export function provideLatePart(given: LatePart): LatePart {
  part = given
  return given
}
