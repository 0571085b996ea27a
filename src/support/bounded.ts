/** Characters of one text that are read; no pattern gets a longer one. */
export const MAX_TEXT = 4_000
/** Longer than what may be cut in two at the end of `MAX_TEXT`. */
const MARGIN = 500

/** Returns the text as `clean` returns it; what is longer than `MAX_TEXT` ends in `[unchecked]`. */
export function bounded(text: string, clean: (text: string) => string): string {
  if (text.length <= MAX_TEXT) return clean(text)
  return `${clean(text.slice(0, MAX_TEXT)).slice(0, MAX_TEXT - MARGIN)}[unchecked]`
}
