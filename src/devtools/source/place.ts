/** Source location in the application's code. */
export interface CodePlace {
  /** File path as the development server names it, usually from its root: `src/pages/pricing.tsx`. */
  readonly file: string
  /** Line, from 1. */
  readonly line: number
  /** Column, from 1. */
  readonly column: number
}
