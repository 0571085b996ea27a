/** Error of a `send` that may have delivered events before it threw. Only `kept` payloads may be tried again. */
export class UncertainError extends Error {
  override readonly name = 'UncertainError'
  /** Errors by payload, for each payload whose call threw. */
  readonly reasons: ReadonlyMap<unknown, unknown>
  /** Payloads that were not passed on, because consent ended before. */
  readonly kept: readonly unknown[]
  constructor(reasons: ReadonlyMap<unknown, unknown>, kept: readonly unknown[] = []) {
    super('the call threw')
    this.reasons = reasons
    this.kept = kept
  }
}
