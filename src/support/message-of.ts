import { attempt } from './attempt.ts'

/** Returns the message of whatever was thrown. Never throws, also for a value that has no text. */
export const messageOf = (thrown: unknown): string =>
  attempt(() => String(thrown instanceof Error ? thrown.message : thrown)) ?? 'a value without a text'
