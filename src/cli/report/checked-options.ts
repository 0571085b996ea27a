import { attempt } from '../../support/attempt.ts'
import { durationMs } from '../../support/duration.ts'
import type { Call } from '../command.ts'
import { Failure } from '../failure.ts'

/** Returns the time of an option, such as `7d`. Throws a `Failure` if it is none. */
export function timeOf({ text }: Call, option: string, example: string): string | undefined {
  const given = text(option)
  if (given === undefined || durationMs(given) > 0) return given
  throw new Failure(`--${option} "${given}" is no time like ${example}.`)
}

/** Returns the maximum memory of DuckDB. Throws a `Failure` if it is no size. */
export function memoryOf({ text }: Call): string | undefined {
  const given = text('memory')
  if (given === undefined || /^\d+(?:\.\d+)? ?[KMGT]i?B$/i.test(given)) return given
  throw new Failure(`--memory "${given}" is no size like 2GB.`)
}

/** Returns the time zone of the collector. Throws a `Failure` if the system does not know it. */
export function timeZoneOf({ text }: Call): string | undefined {
  const given = text('time-zone')
  if (given === undefined || attempt(() => new Intl.DateTimeFormat('en', { timeZone: given }))) return given
  throw new Failure(`--time-zone "${given}" is no time zone like Europe/Berlin.`)
}
