/** Result of reading a message: a signal, a message that breaks the protocol, or one of another sender (undefined). */
export type Reading<Signal> = Signal | 'malformed' | undefined

/** Messages of an embedded page to the page around it, and who may send them. */
export interface EmbedProtocol<Signal> {
  /** Name of the service, such as `calendly`. */
  readonly provider: string
  /**
   * Returns whether messages of this origin count. Messages count only from a frame in the observed element. `'page'`:
   * the service's script in the page itself sends them.
   */
  readonly trusts: ((origin: string) => boolean) | 'page'
  /** Reads the data of a message. It passes on nothing that may be personal. */
  readonly read: (data: unknown) => Reading<Signal>
  /** Names of events that the service's script dispatches on `window`; `read` gets `{ type, … }` with their detail. */
  readonly events?: readonly string[] | undefined
  /** The embed does not say when it has loaded: it counts as loaded once its frame is in the document. */
  readonly silent?: boolean | undefined
}

/** Options of every adapter whose service runs on an origin of its own. */
export interface OriginOptions {
  /** Origins that replace the default ones, such as `https://meet.example.com` for a domain of your own. */
  readonly origins?: readonly string[] | undefined
}

/** Returns a check for the given origins, or else for those that match the pattern. */
export const originsLike =
  (pattern: RegExp, { origins }: OriginOptions = {}) =>
  (origin: string): boolean =>
    origins ? origins.includes(origin) : pattern.test(origin)

type Fields = Readonly<Record<string, unknown>>

/** Returns the fields of an object; of anything else, none. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {}

/** Returns a code of a service: an id or a constant. Undefined for a text that could hold anything. */
export const codeOf = (value: unknown): string | undefined => {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && /^[\w-]{1,60}$/.test(text) ? text : undefined
}
