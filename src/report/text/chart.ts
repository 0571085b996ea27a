import type { Report } from '../report-types.ts'

/** A share or ratio with its interval. */
export interface Mark {
  readonly name: string
  readonly value: number
  readonly low: number
  /** Null if there is no upper end. */
  readonly high: number | null
  /** Belongs to the mark before. */
  readonly indent?: boolean
}

/** Data of a chart, without its format. Only `toHtml` draws it; the table beside it has the same figures. */
export type Chart =
  | {
      readonly shape: 'bars'
      readonly label: string
      readonly bars: readonly { readonly name: string; readonly value: number; readonly text: string }[]
    }
  | { readonly shape: 'shares' | 'ratios'; readonly label: string; readonly marks: readonly Mark[] }
  | {
      readonly shape: 'days'
      readonly label: string
      readonly lines: readonly DailyLine[]
      readonly releases: Report['releases']
    }

/** Share of each day, as k of n. */
export interface DailyLine {
  readonly name: string
  readonly days: readonly { readonly day: string; readonly k: number; readonly n: number }[]
}
