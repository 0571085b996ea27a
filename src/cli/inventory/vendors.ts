import { fieldsOf, literal } from '../source/read-source.ts'

/** An event in a call of a vendor's client. */
export interface VendorEvent {
  readonly name: string
  /** Names of the properties, with the expressions of their values. */
  readonly properties: ReadonlyMap<string, string>
}

export interface Vendor {
  readonly name: string
  /** Matches calls of the vendor's client, up to the opening parenthesis. */
  readonly call: RegExp
  /** Reads the arguments of a call; returns undefined if the call reports no event. */
  readonly read: (args: readonly string[]) => VendorEvent | undefined
}

type Fields = ReadonlyMap<string, string>

function eventOf(
  name: string | undefined,
  properties: Fields | undefined = new Map(),
): VendorEvent | undefined {
  return name ? { name, properties } : undefined
}

function without(fields: Fields | undefined, ...names: readonly string[]): Fields {
  return new Map([...(fields ?? [])].filter(([name]) => !names.includes(name)))
}

/** Reads `('Pricing Clicked', { tier })`. */
const byName = ([name, properties]: readonly string[]) => eventOf(literal(name), fieldsOf(properties))

/** Reads `('event', 'pricing_clicked', { tier })`, where the first argument is one of `commands`. */
const byCommand =
  (...commands: readonly string[]) =>
  ([command, ...rest]: readonly string[]) =>
    commands.includes(literal(command) ?? '') ? byName(rest) : undefined

/** Reads `({ event: 'pricing_clicked', tier })`, where the event is in a field with one of `names`. */
const byField =
  (...names: readonly string[]) =>
  ([object]: readonly string[]) => {
    const fields = fieldsOf(object)
    const name = names.find((each) => fields?.has(each))
    return eventOf(name && literal(fields?.get(name)), without(fields, ...names))
  }

/** Reads `({ category: 'Form', action: 'Sent', label })`. */
function byCategory([object]: readonly string[]): VendorEvent | undefined {
  const fields = fieldsOf(object)
  const parts = [fields?.get('category'), fields?.get('action')].map(literal).filter(Boolean)
  return eventOf(parts.join(' '), without(fields, 'category', 'action'))
}

/** Reads `(['trackEvent', 'Form', 'Sent'])`. */
function byList([list]: readonly string[]): VendorEvent | undefined {
  const [, category, action] =
    /^\[\s*['"]trackEvent['"]\s*,\s*['"]([^'"]+)['"]\s*,\s*['"]([^'"]+)['"]/.exec(list ?? '') ?? []
  return eventOf(category && action && `${category} ${action}`)
}

const start = '(?<![\\w$.])(?:window\\.)?'

export const vendors: readonly Vendor[] = [
  { name: 'gtag', call: new RegExp(`${start}gtag(?:\\?\\.)?(?=\\()`, 'g'), read: byCommand('event') },
  {
    name: 'Meta Pixel',
    call: new RegExp(`${start}fbq(?:\\?\\.)?(?=\\()`, 'g'),
    read: byCommand('track', 'trackCustom'),
  },
  {
    name: 'Tag Manager',
    call: /\bdataLayer(?:\s*\|\|\s*\[\]\s*\))?\??\.push(?:\?\.)?(?=\()/g,
    read: byField('event'),
  },
  { name: 'PostHog', call: /\bposthog\??\.capture(?:\?\.)?(?=\()/g, read: byName },
  { name: 'RudderStack', call: /\brudderanalytics\??\.track(?:\?\.)?(?=\()/g, read: byName },
  { name: 'Segment', call: /\b(?:analytics|segment)\??\.track(?:\?\.)?(?=\()/g, read: byName },
  { name: 'Mixpanel', call: /\bmixpanel\??\.track(?:\?\.)?(?=\()/g, read: byName },
  { name: 'Amplitude', call: /\bamplitude\??\.(?:track|logEvent)(?:\?\.)?(?=\()/g, read: byName },
  {
    name: 'react-ga4',
    call: /\bReactGA\d?\??\.event(?:\?\.)?(?=\()/g,
    read: (args) => byName(args) ?? byCategory(args),
  },
  {
    name: 'react-tracking',
    call: /(?<![\w$])(?:tracking\??\.)?trackEvent(?:\?\.)?(?=\()/g,
    read: (args) => byField('event', 'eventName', 'action')(args) ?? byName(args),
  },
  { name: 'Plausible', call: new RegExp(`${start}plausible(?:\\?\\.)?(?=\\()`, 'g'), read: readPlausible },
  { name: 'Matomo', call: /\b_paq\??\.push(?:\?\.)?(?=\()/g, read: byList },
  { name: 'Umami', call: /\bumami\??\.track(?:\?\.)?(?=\()/g, read: byName },
]

function readPlausible([name, options]: readonly string[]): VendorEvent | undefined {
  return eventOf(literal(name), fieldsOf(fieldsOf(options)?.get('props')))
}
