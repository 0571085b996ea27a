/** Error for a destination to throw if it will never accept these events. They are not retried. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError'
}
