/** A place in the code of the application. */
export interface CodePlace {
  /** `src/pages/pricing.tsx`: as the development server names it, mostly from its root. */
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly column: number
}
