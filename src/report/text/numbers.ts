import type { Figure } from '../figure.ts'

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** Returns a count with separators: `255,478`. */
export const count = (value: number): string => whole.format(value)

/** Returns a share in percent with one digit, `28.0 %`; a dash if it is unknown. */
export const percent = (share: number | null): string =>
  share === null ? '–' : `${(share * 100).toFixed(1)} %`

/** Returns a share with its interval: `28.0 % [27.8, 28.2]`. */
export function rateInWords({ value, low, high }: Figure): string {
  if (value === null) return '–'
  return `${percent(value)} [${points(low)}, ${points(high)}]`
}

const points = (share: number | null): string => (share === null ? '–' : (share * 100).toFixed(1))

/** Returns a difference of shares in percentage points: `+0.9 points [0.4, 1.4]`. */
export function changeInWords({ value, low, high, verdict }: Figure): string {
  if (value === null || verdict === 'too few') return 'too few'
  if (verdict === 'not shown') return 'not shown'
  const sign = value > 0 ? '+' : ''
  return `${sign}${points(value)} points [${points(low)}, ${points(high)}] ${verdict}`
}

/** Returns a ratio with its interval, with more digits near 1: `1.02 [0.98, 1.05]`. */
export function ratioInWords({ value, low, high }: Figure): string {
  if (value === null) return '–'
  const digits = value < 2 ? 2 : 1
  const end = (ratio: number | null) => (ratio === null ? '–' : ratio.toFixed(digits))
  return `${end(value)} [${end(low)}, ${end(high)}]`
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

/** Returns a time in its largest unit: `44 s`, `3.2 d`. */
export function duration(ms: number): string {
  for (const [unit, length] of units)
    if (ms >= length) {
      const value = ms / length
      return `${value < 10 && unit !== 's' ? value.toFixed(1) : Math.round(value)} ${unit}`
    }
  return `${Math.round(ms)} ms`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Returns a period in words: `19 Jan to 15 Feb 2026`. */
export function periodInWords({ from, to }: { readonly from: string; readonly to: string }): string {
  const year = from.slice(0, 4) === to.slice(0, 4) ? '' : ` ${from.slice(0, 4)}`
  return `${dayInWords(from)}${year} to ${dayInWords(to)} ${to.slice(0, 4)}`
}

const dayInWords = (day: string): string => `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1]}`

/** Returns an amount of money: `1,234.50 EUR`. */
export const money = (amount: number | null, currency: string): string =>
  amount === null
    ? '–'
    : `${amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} ${currency}`
