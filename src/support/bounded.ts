import { cut } from './cut.ts'

/** Maximum number of characters of one text that patterns read. */
export const MAX_TEXT = 4_000
/** Number of characters dropped in front of the cut at `MAX_TEXT`, which may have split a match in two. */
const MARGIN = 500

/** Returns `clean(text)`. A text longer than `MAX_TEXT` is cut and ends with `[unchecked]`. */
export function bounded(text: string, clean: (text: string) => string): string {
  if (text.length <= MAX_TEXT) return clean(text)
  return `${cut(clean(cut(text, MAX_TEXT)), MAX_TEXT - MARGIN)}[unchecked]`
}
