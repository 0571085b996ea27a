import { MicroconversionError } from '../../support/errors.ts'
import { isDay } from '../tables/days.ts'

/** A line of a spend file. */
export interface Spending {
  readonly date: string
  readonly campaign: string
  readonly cost: number
  readonly currency: string
}

const required = ['date', 'campaign', 'cost', 'currency'] as const

/** Reads the content of a CSV file with the columns date, campaign, cost and currency; other columns are ignored. */
export function readSpend(csv: string): readonly Spending[] {
  const [head = [], ...lines] = recordsOf(csv)
  const columns = head.map((name) => name.trim().toLowerCase())
  for (const name of required) if (!columns.includes(name)) throw wrong(`has no column "${name}"`)
  return lines.map((cells, index) => {
    const cell = (name: (typeof required)[number]) => (cells[columns.indexOf(name)] ?? '').trim()
    const cost = Number(cell('cost'))
    const line = `on line ${index + 2}`
    if (!isDay(cell('date'))) throw wrong(`has the date "${cell('date')}" ${line}; write YYYY-MM-DD`)
    if (cell('cost') === '' || !Number.isFinite(cost) || cost < 0)
      throw wrong(`has the cost "${cell('cost')}" ${line}; write a number like 12.50`)
    if (cell('currency') === '') throw wrong(`has no currency ${line}`)
    return {
      date: cell('date'),
      campaign: cell('campaign'),
      cost,
      currency: cell('currency').toUpperCase(),
    }
  })
}

function wrong(what: string): MicroconversionError {
  return new MicroconversionError(
    'RMC607',
    `The spend file ${what}. Its first line is: date,source,medium,campaign,cost,currency`,
  )
}

/** Splits CSV into records (RFC 4180): quoted cells may have commas, line ends and doubled quotes. Empty lines are left out. */
function recordsOf(csv: string): readonly (readonly string[])[] {
  const records: string[][] = []
  let record: string[] = []
  const text = csv.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
  for (const [, quoted, bare, end] of `${text}\n`.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    record.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    if (record.length > 1 || record[0] !== '') records.push(record)
    record = []
  }
  return records
}
