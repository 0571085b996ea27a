import { attempt } from './attempt.ts'

/** Returns the message of anything that was thrown, also of what cannot be read. */
export const messageOf = (thrown: unknown): string =>
  attempt(() => String(thrown instanceof Error ? thrown.message : thrown)) ?? 'an error that cannot be read'
