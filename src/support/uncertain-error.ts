/** Thrown by a `send` that may have delivered what it threw over: these payloads are not tried again. */
export class UncertainError extends Error {
  override readonly name = 'UncertainError'
  /** What was thrown over each payload that was not handed over cleanly. */
  readonly reasons: ReadonlyMap<unknown, unknown>
  constructor(reasons: ReadonlyMap<unknown, unknown>) {
    super('the call threw')
    this.reasons = reasons
  }
}
