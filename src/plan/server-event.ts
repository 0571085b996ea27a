/** An event that a server reports: plain JSON, as `createEvent` makes it and a collector's `ingest` takes it. */
export interface ServerEvent {
  /** Id of the event. A browser that reports the same event has the same one: the plan's `id` makes it on both sides. */
  readonly id: string
  /** Name that destinations receive: the event's `wireName`, or its name in the plan. */
  readonly name: string
  readonly plan: string
  readonly planVersion: string
  readonly version: string
  /** Time of the event in epoch ms. */
  readonly time: number
  readonly properties: Readonly<Record<string, unknown>>
  /** Id that you pass to `identify` in the browser, hashed if you hash it there. */
  readonly userId?: string | undefined
  /** Id of the browser's user, from `tracker.context()`. */
  readonly anonymousId?: string | undefined
  /** Id of the browser's session, from `tracker.context()`. */
  readonly sessionId?: string | undefined
  /** Consent under which the event is reported. */
  readonly consent: Readonly<Record<string, 'pending' | 'granted' | 'denied'>>
  readonly stage?: string | undefined
  readonly intent?: string | undefined
  readonly goal?: string | undefined
  readonly value?: { readonly value: number; readonly currency: string } | undefined
  readonly shadow?: true | undefined
  /** Paths of invalid properties, such as `items.0.price`; an empty path for all of them. Absent if they are valid. */
  readonly issues?: readonly string[] | undefined
}
