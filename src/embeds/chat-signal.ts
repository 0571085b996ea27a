/** Adapter of a chat service. */
export interface ChatProtocol {
  /** Name of the service, such as `intercom`. */
  readonly provider: string
  /**
   * Calls `report` when the user opens the chat (`open`) or sends the first message of a conversation (`start`).
   * Returns a function that ends that.
   */
  readonly listen: (report: (fact: 'open' | 'start') => void) => () => void
}
