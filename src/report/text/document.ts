import type { Chart } from './chart.ts'

/** A document without a format: `toText`, `toMarkdown` and `toHtml` write the same one. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | {
      readonly kind: 'table'
      /** Its name, and the names of the other columns. */
      readonly head: readonly string[]
      /** Indented rows belong to the row before. */
      readonly rows: readonly { readonly cells: readonly string[]; readonly indent?: boolean }[]
      /** Charts of the same figures, where they can be drawn. */
      readonly charts?: readonly Chart[]
    }
