import type { Landing } from './landing-types.ts'

const isText = (value: unknown) => typeof value === 'string'

/** Reads a stored landing. Undefined if it is not one, because storage may contain anything. */
export function asLanding(value: unknown): Landing | undefined {
  const { url, path, referrer, referrerClass, campaign = {} } = Object(value) as Partial<Landing>
  const isComplete =
    [url, path, referrer, referrerClass].every(isText) &&
    typeof campaign === 'object' &&
    campaign !== null &&
    Object.values(campaign).every(isText)
  return isComplete ? (value as Landing) : undefined
}
