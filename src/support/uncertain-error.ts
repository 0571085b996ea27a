/** Thrown by a `send` that may have delivered what it threw over: these payloads are not tried again. */
export class UncertainError extends Error {
  override readonly name = 'UncertainError'
  /** Error for each payload whose call threw. */
  readonly reasons: ReadonlyMap<unknown, unknown>
  constructor(reasons: ReadonlyMap<unknown, unknown>) {
    super('the call threw')
    this.reasons = reasons
  }
}
