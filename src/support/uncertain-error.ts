/** Error of a `send` that may have delivered events before it threw. These payloads are not tried again. */
export class UncertainError extends Error {
  override readonly name = 'UncertainError'
  /** Errors by payload, for each payload whose call threw. */
  readonly reasons: ReadonlyMap<unknown, unknown>
  constructor(reasons: ReadonlyMap<unknown, unknown>) {
    super('the call threw')
    this.reasons = reasons
  }
}
