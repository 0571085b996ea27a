import { mapValues } from '../../support/records.ts'
import type { MicroconversionMatchers } from './matcher-types.ts'
import { type MatcherResult, matchers } from './matchers.ts'

/** The matchers and their negations. */
export interface TrackingExpectation<T> extends MicroconversionMatchers<T> {
  readonly not: MicroconversionMatchers<T>
}

/**
 * Returns the matchers without `expect.extend`, for `node:test`, Bun and Cypress. A matcher that fails throws an `Error` with the
 * message that it has in other runners.
 *
 * @example
 * expectTracking(tracking).toHaveFired('pricing_clicked', { tier: 'pro' })
 * expectTracking(tracking).not.toHaveFired('demo_booked')
 */
export function expectTracking<T>(received: T): TrackingExpectation<T> {
  return { ...assertionsOn(received, true), not: assertionsOn(received, false) }
}

type Matcher = (received: unknown, ...given: never[]) => MatcherResult

function assertionsOn<T>(received: T, wanted: boolean): MicroconversionMatchers<T> {
  const all: Readonly<Record<string, Matcher>> = matchers
  return mapValues(all, (matcher) => (...given: never[]) => {
    const { pass, message } = matcher(received, ...given)
    if (pass !== wanted) throw new Error(message())
  }) as unknown as MicroconversionMatchers<T>
}
