import { messageOf } from './message-of.ts'

/** Error for a chunk of the library that did not load. */
export class NotLoadedError extends Error {}

/** Rejects with a `NotLoadedError` if an `import()` fails. */
export function loaded<T>(chunk: Promise<T>): Promise<T> {
  return chunk.catch((error) => {
    throw new NotLoadedError(messageOf(error))
  })
}
