import type { Destination } from '../../engine/delivery/destination.ts'
import type { ConsentState, ConsentUpdate } from '../../engine/permission/consent-types.ts'
import type { StoryGlobals } from '../parameters.ts'

/** Values of a global, each with its title in the toolbar. */
type Titles<K extends keyof StoryGlobals> = Readonly<Record<NonNullable<StoryGlobals[K]>, string>>

const consent: Titles<'microconversionsConsent'> = {
  granted: 'Consent granted',
  pending: 'Consent pending',
  denied: 'Consent denied',
  analytics: 'Consent to analytics only',
}
const gpc: Titles<'microconversionsGpc'> = { on: 'GPC on' }
const destination: Titles<'microconversionsDestination'> = { fails: 'A destination fails' }
const clock: Titles<'microconversionsClock'> = {
  '1min': '1 minute later',
  '31min': '31 minutes later (next session)',
  '1d': '1 day later',
  '8d': '8 days later',
}

function menu(
  description: string,
  icon: 'lock' | 'globe' | 'transfer' | 'time',
  byDefault: string,
  titles: Readonly<Record<string, string>>,
) {
  const items = Object.entries(titles).map(([value, title]) => ({ value, title }))
  const reset = { type: 'reset' as const, title: byDefault }
  return { description, toolbar: { icon, dynamicTitle: true, items: [reset, ...items] } }
}

/** The toolbar's menus. Without a choice, the story decides. */
export const globalTypes = {
  microconversionsConsent: menu("The user's consent", 'lock', 'Consent of the story', consent),
  microconversionsGpc: menu('Global Privacy Control', 'globe', 'GPC of the story', gpc),
  microconversionsDestination: menu('Destinations', 'transfer', 'Destinations of the story', destination),
  microconversionsClock: menu('Clock of the story', 'time', 'Present time', clock),
}

/** Returns the consent that the toolbar sets. Undefined: the story's own. */
export function consentFrom(
  value: StoryGlobals['microconversionsConsent'],
): ConsentState | ConsentUpdate | undefined {
  return value === 'analytics' ? { analytics: 'granted', marketing: 'denied' } : value
}

const MINUTE_MS = 60_000
const aheadMs: Readonly<Record<NonNullable<StoryGlobals['microconversionsClock']>, number>> = {
  '1min': MINUTE_MS,
  '31min': 31 * MINUTE_MS,
  '1d': 24 * 60 * MINUTE_MS,
  '8d': 8 * 24 * 60 * MINUTE_MS,
}
export const clockAheadMs = (value: StoryGlobals['microconversionsClock']): number =>
  value ? aheadMs[value] : 0

/** A destination that always fails, like a server that is down. The tracker retries. */
export const failingDestination: Destination = {
  name: 'failing',
  consent: 'analytics',
  send() {
    throw new Error('The toolbar makes this destination fail.')
  },
}
