/** Fields of an event's context that entries of their own add. */
export interface AddedContext {
  /**
   * Variants that the user had seen in this document when the event occurred, by experiment: at most 20. Set by the
   * functions of `react-microconversions/experiments`.
   */
  readonly experiments?: Readonly<Record<string, string>> | undefined
  /** Address of the session replay at the time of the event. Set by `linkReplay`. */
  readonly replay?: string | undefined
}
