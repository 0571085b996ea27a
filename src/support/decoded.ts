import { attempt } from './attempt.ts'

/** Returns the percent-decoded text, or the same text if its encoding is invalid. */
export const decoded = (text: string): string => attempt(() => decodeURIComponent(text)) ?? text

/** Removes repeated percent-encoding: `%2540` becomes `%40`. */
export const encodedOnce = (text: string): string => text.replace(/%(?:25)+(?=[\da-f]{2})/gi, '%')
