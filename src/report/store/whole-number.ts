import { MicroconversionError } from '../../support/errors.ts'

/** Returns a whole number of a database as a number. Throws if a number cannot hold it. */
export function wholeNumber(value: bigint | string): number {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  throw new MicroconversionError(
    'RMC604',
    `A query returned ${value}, which is beyond 2⁵³ and would lose digits. Report a shorter period.`,
  )
}
