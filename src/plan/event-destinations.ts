/**
 * What a plan may say of an event for each destination, by destination name. `Out`: the event's validated properties.
 * Augment it for a destination of your own:
 * `declare module 'react-microconversions/core' { interface DestinationOverrides<Out> { mine: { topic: string } } }`
 */
export interface DestinationOverrides<Out extends object> {
  ga4: ParameterOverride<Out>
  gtm: ParameterOverride<Out>
  meta: MetaOverride<Out>
  segment: SegmentOverride<Out>
  posthog: ParameterOverride<Out>
  snowplow: SnowplowOverride<Out>
}

export type EventDestinations<Out extends object> = {
  readonly [D in keyof DestinationOverrides<Out>]?: DestinationOverrides<Out>[D] | false | undefined
} & { readonly [destination: string]: object | false | undefined }

export interface ParameterOverride<Out extends object> {
  /** The event's name there. Default: its wire name. */
  readonly name?: string | undefined
  /** What goes along in place of the properties. */
  readonly parameters?: ((properties: Out) => Readonly<Record<string, unknown>>) | undefined
}

export interface MetaOverride<Out extends object> extends ParameterOverride<Out> {
  /** A standard event, or a custom one of at most 50 characters. */
  readonly name?: MetaStandardEvent | (string & {}) | undefined
}

/** https://developers.facebook.com/docs/meta-pixel/reference#standard-events */
export type MetaStandardEvent =
  | 'AddPaymentInfo'
  | 'AddToCart'
  | 'AddToWishlist'
  | 'CompleteRegistration'
  | 'Contact'
  | 'CustomizeProduct'
  | 'Donate'
  | 'FindLocation'
  | 'InitiateCheckout'
  | 'Lead'
  | 'PageView'
  | 'Purchase'
  | 'Schedule'
  | 'Search'
  | 'StartTrial'
  | 'SubmitApplication'
  | 'Subscribe'
  | 'ViewContent'

export interface SegmentOverride<Out extends object> extends ParameterOverride<Out> {
  /** Segment's call. Default `'track'`. */
  readonly as?: 'track' | 'page' | undefined
}

/** With a schema a self-describing event, else a structured one. */
export interface SnowplowOverride<Out extends object> {
  /** An Iglu URI: `iglu:com.acme/pricing_clicked/jsonschema/1-0-0`. Default: what the destination's `schema` says. */
  readonly schema?: string | undefined
  /** What the schema describes. Default: the properties. */
  readonly data?: ((properties: Out) => Readonly<Record<string, unknown>>) | undefined
  /** Of a structured event. Default: the goal, else the stage, else the name of the plan. */
  readonly category?: string | undefined
  /** Of a structured event. Default: the wire name. */
  readonly action?: string | undefined
  /** Of a structured event. Default: none. */
  readonly label?: ((properties: Out) => string) | string | undefined
}
