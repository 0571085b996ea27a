/**
 * Strings as they occur in properties and addresses, with their sources. No value is a real person's: telephone numbers
 * are reserved for fiction or follow the published format, cards and tokens are the providers' own examples or made up.
 * `tuned` was looked at while the patterns were written; `heldOut` was not: its misses were never read, only counted.
 *
 * A middle dot is removed before use: it keeps scanners of repositories from taking an example for a leak.
 */
export interface Sort {
  readonly kind: string
  readonly source: string
  readonly tuned: readonly string[]
  readonly heldOut: readonly string[]
}
