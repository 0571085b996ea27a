/** Thrown by a destination: these events will never be accepted, do not retry. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError'
}
