import type { ConsentSnapshot, ConsentState } from '../engine/permission/consent-types.ts'
import { attempt } from '../support/attempt.ts'
import { createWarn } from '../support/errors.ts'
import { underEach } from '../support/records.ts'
import { type ConsentSignal, type ConsentSource, type SignalState, unanswered } from './signals.ts'

/** Options of `consentMode`. */
export interface ConsentModeOptions {
  /** Signals by category. A signal that is listed under two categories needs both. Default: `consentModeCategories`. */
  readonly categories?: Readonly<Record<string, readonly ConsentSignal[]>> | undefined
  /** Signals that are granted without an answer. Default `['security_storage']`. */
  readonly always?: readonly ConsentSignal[] | undefined
  /** Name of the data layer. Default `'dataLayer'`. */
  readonly dataLayerName?: string | undefined
}

/** Google's signals by consent category: the default of `consentMode`. */
export const consentModeCategories = {
  analytics: ['analytics_storage'],
  marketing: ['ad_storage', 'ad_user_data', 'ad_personalization'],
  functionality: ['functionality_storage'],
  personalization: ['personalization_storage'],
} as const satisfies Readonly<Record<string, readonly ConsentSignal[]>>

/**
 * Reports each answer about consent to Google's tags, as an update of Consent Mode v2 with all signals that are
 * answered. For a pending category the page's default stays (`consentModeDefault`). Returns a function that
 * disconnects. Does nothing on a server.
 *
 * @example
 * const disconnect = consentMode(tracker)
 */
export function consentMode(tracker: ConsentSource, options: ConsentModeOptions = {}): () => void {
  if (typeof window === 'undefined') return () => {}
  const { categories = consentModeCategories, always = ['security_storage'] } = options
  // Asked each time: a page may put another array in its place.
  const layer = () => layerOf(options.dataLayerName ?? 'dataLayer')
  const certain = underEach(always, 'granted' as const)
  const told: { [signal: string]: SignalState } = {}
  let last = ''
  let toldTo: readonly unknown[] | undefined

  // Google's tags take a command only as the `arguments` of a function; an array is passed over.
  function gtag(..._command: readonly unknown[]): void {
    // Tag Manager runs the page's tags inside of `push`; what they throw is not the tracker's.
    try {
      // biome-ignore lint/complexity/noArguments: it is the wire format
      layer().push(arguments)
    } catch {}
  }

  function tell(snapshot: ConsentSnapshot): void {
    const states = new Map<ConsentSignal, ConsentState>()
    for (const [category, signals] of Object.entries(categories)) {
      const state = snapshot[category] ?? 'pending'
      for (const signal of signals) {
        const others = states.get(signal) ?? 'granted'
        states.set(signal, strictness.indexOf(state) > strictness.indexOf(others) ? state : others)
      }
    }
    for (const [signal, state] of states) {
      // An answer that was taken back is none: what was granted by it ends.
      if (state !== 'pending') told[signal] = state
      else if (told[signal]) told[signal] = 'denied'
    }
    const update = JSON.stringify(told)
    const isKnown = update === last && toldTo === layer()
    if (isKnown || update === '{}') return
    last = update
    toldTo = layer()
    gtag('consent', 'update', { ...told, ...certain })
  }

  if (process.env.NODE_ENV !== 'production') warnOfEarlyTags(entriesOf(layer()))
  if (!entriesOf(layer()).some(isDefault)) gtag('consent', 'default', { ...unanswered, ...certain })
  tell(tracker.consent.get())
  return tracker.consent.subscribe(tell)
}

const strictness: readonly ConsentState[] = ['granted', 'pending', 'denied']

type Entry = { readonly [key: string]: unknown }

/** Returns the page's layer; an array without a reader if it cannot be read or set. */
function layerOf(name: string): unknown[] {
  const page = window as unknown as { [name: string]: unknown[] | undefined }
  const layer = attempt(() => {
    page[name] ??= []
    return page[name]
  })
  return layer ?? []
}

/** A page may keep something else under the name. */
const entriesOf = (layer: unknown): readonly unknown[] => (Array.isArray(layer) ? layer : [])

function isCommand(entry: unknown): entry is Entry {
  return Object.prototype.toString.call(entry) === '[object Arguments]'
}

function isDefault(entry: unknown): boolean {
  return isCommand(entry) && entry['0'] === 'consent' && entry['1'] === 'default'
}

function isTag(entry: unknown): boolean {
  if (isCommand(entry)) return entry['0'] === 'config' || entry['0'] === 'event'
  return typeof entry === 'object' && entry !== null && (entry as Entry)['event'] === 'gtm.js'
}

function warnOfEarlyTags(layer: readonly unknown[]): void {
  const tag = layer.findIndex(isTag)
  const start = layer.findIndex(isDefault)
  if (tag < 0 || (start >= 0 && start < tag)) return
  createWarn()(
    'RMC109',
    'A Google tag is in the data layer before any consent default, and takes everything for granted until then. Put the script of consentModeDefault() into the head, before the first Google tag.',
  )
}
