import type { SchemaIssue } from '../../plan/standard-schema.ts'

/** Result of validating an occurrence's properties, once, when it happens. */
export interface Checked {
  readonly issues: readonly Issue[]
  /** Names of a fact's properties that an event without a schema leaves out. */
  readonly leftOut?: readonly string[] | undefined
  /** Id that the call or the plan gave. */
  readonly id?: string | undefined
  /** True if code of the plan threw: the event is dropped under every policy. */
  readonly threw?: boolean | undefined
}

/** Something in an attempt that the plan does not allow. */
export interface Issue extends SchemaIssue {
  /**
   * Kind of the issue:
   *
   * - undefined: a property is invalid. Its path is sent in the event's `issues`, and the `invalid` policies apply
   * - `cleaned`: something was converted or left out, and the event is valid without it
   * - `id`: the id was ignored, and another one was generated
   */
  readonly kind?: 'cleaned' | 'id' | undefined
}

/**
 * Handling of events with invalid properties:
 *
 * - `flag`: sends the event as it is, with the invalid paths in `issues`
 * - `strip`: sends it without the invalid properties, and not at all if one is essential (a value, a currency, an id)
 * - `drop`: does not send it
 */
export type InvalidPolicy = 'flag' | 'strip' | 'drop'
