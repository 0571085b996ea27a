/**
 * Settings of an event for each destination, by destination name. `Out` is the type of its validated properties.
 * Augment it for your own destination:
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

/** Settings by destination name. With `false`, the destination does not get the event. */
export type EventDestinations<Out extends object> = {
  readonly [D in keyof DestinationOverrides<Out>]?: DestinationOverrides<Out>[D] | false | undefined
} & { readonly [destination: string]: object | false | undefined }

/** Another name or other parameters for a destination. */
export interface ParameterOverride<Out extends object> {
  /** Name of the event at the destination. Default: its wire name. */
  readonly name?: string | undefined
  /** Returns the parameters that replace the properties. Default: the properties. */
  readonly parameters?: ((properties: Out) => Readonly<Record<string, unknown>>) | undefined
}

/** Another name or other parameters for Meta. */
export interface MetaOverride<Out extends object> extends ParameterOverride<Out> {
  /** Name of a standard event, or of a custom event with at most 50 characters. */
  readonly name?: MetaStandardEvent | (string & {}) | undefined
}

/** Meta's standard events (https://developers.facebook.com/docs/meta-pixel/reference#standard-events). */
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

/** Another call, name or other properties for Segment. */
export interface SegmentOverride<Out extends object> extends ParameterOverride<Out> {
  /** Segment's call. Default `'track'`. */
  readonly as?: 'track' | 'page' | undefined
}

/** Form of an event for Snowplow: a self-describing event if there is a schema, or else a structured event. */
export interface SnowplowOverride<Out extends object> {
  /**
   * An Iglu URI: `iglu:com.acme/pricing_clicked/jsonschema/1-0-0`. Default: the URI that the destination's `schema`
   * gives.
   */
  readonly schema?: string | undefined
  /** Returns the data that the schema describes. Default: the properties. */
  readonly data?: ((properties: Out) => Readonly<Record<string, unknown>>) | undefined
  /** Category of a structured event. Default: the goal, or else the stage, or else the name of the plan. */
  readonly category?: string | undefined
  /** Action of a structured event. Default: the wire name. */
  readonly action?: string | undefined
  /** Label of a structured event. Default: none. */
  readonly label?: ((properties: Out) => string) | string | undefined
}
