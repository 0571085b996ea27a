import { MicroconversionError } from './errors.ts'

/** A length of time: `'500ms'`, `'30s'`, `'2min'`, `'24h'`, `'7d'`. */
export type Duration = `${number}${'ms' | 's' | 'min' | 'h' | 'd'}`

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** Returns the milliseconds of a duration; NaN if the text is not a duration. */
export function durationMs(text: string): number {
  const [, amount, unit = ''] = /^([\d.]+)(ms|s|min|h|d)$/.exec(text) ?? []
  return Number(amount) * (unitMs[unit] ?? Number.NaN)
}

/** Returns an option in milliseconds, or the default if the option is missing or not a duration. */
export function msOr(defaultMs: number, text: Duration | undefined): number {
  const ms = durationMs(text ?? '')
  return ms >= 0 ? ms : defaultMs
}

/** Examples of durations, for messages. */
export const DURATIONS = "'500ms', '30s', '2min', '24h' or '7d'"

/** Throws if an option is not a duration. Development only. */
export function needsDurations(whose: string, options: Readonly<Record<string, Duration | undefined>>): void {
  for (const [name, text] of Object.entries(options)) {
    if (text === undefined || durationMs(text) >= 0) continue
    throw new MicroconversionError(
      'RMC207',
      `${whose} has \`${name}: ${JSON.stringify(text)}\`, which is no duration. Write one like ${DURATIONS}.`,
    )
  }
}
