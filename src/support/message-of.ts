import { withoutCredentials } from './address.ts'
import { attempt } from './attempt.ts'

const ADDRESS = /\b\w+:\/\/[^\s"]+/g

/**
 * Returns the message of any thrown value, even if the value cannot be read. Addresses in it lose user name, password,
 * query and fragment, because the address of a failed request may contain keys.
 */
export const messageOf = (thrown: unknown): string =>
  attempt(() =>
    String(thrown instanceof Error ? thrown.message : thrown).replace(ADDRESS, withoutCredentials),
  ) ?? 'an error that cannot be read'
