import { attempt } from './attempt.ts'

/** Replaces unpaired surrogates, which are invalid in UTF-8 and make `encodeURIComponent` throw. */
export function wellFormed(text: string): string {
  const own = attempt(() => (text as { readonly toWellFormed?: () => string }).toWellFormed?.())
  return own ?? text.replace(/\p{Surrogate}/gu, '\uFFFD')
}
