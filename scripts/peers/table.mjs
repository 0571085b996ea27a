/** @param {readonly number[]} values */
export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]

/** @param {number | undefined} value @param {string} key @param {number} digits */
function text(value, key, digits) {
  if (value === undefined || Number.isNaN(value)) return undefined
  const shown = key.startsWith('bytes') ? 0 : digits
  return value.toLocaleString('en', { minimumFractionDigits: shown, maximumFractionDigits: shown })
}

/**
 * A Markdown table: a row of figures, a column of candidates, medians in the cells.
 * @param {readonly import('./candidates.mjs').Candidate[]} candidates
 * @param {readonly import('./rows.mjs').Row[]} rows
 * @param {(name: string, key: string) => readonly number[]} valuesOf
 */
export function tableOf(candidates, rows, valuesOf) {
  const cell = (/** @type {string} */ name, /** @type {import('./rows.mjs').Row} */ { keys, digits }) =>
    keys.flatMap((key) => text(median(valuesOf(name, key)), key, digits) ?? []).join(' / ') || '–'
  const lines = [
    ['', ...candidates.map(({ title }) => title)],
    ['---', ...candidates.map(() => '---:')],
    ...rows.map((row) => [row.what, ...candidates.map(({ name }) => cell(name, row))]),
  ]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
