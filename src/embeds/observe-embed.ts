import { contained } from '../triggers/contained.ts'
import type { EmbedProtocol } from './protocol.ts'

/** Why a message of the protocol did not count. */
export type Ignored = 'origin' | 'malformed'

interface EmbedListener<Signal> {
  /** Receives what the embed reports. */
  readonly signal: (signal: Signal) => void
  /** Called with the frame, or else the root, when the embed has loaded. Returns what to call at the end. */
  readonly loaded?: ((frame: Element) => () => void) | undefined
  /** Called for a message that speaks the protocol and does not count. */
  readonly ignored: (why: Ignored, origin: string) => void
}

/** Elements that have an observer of their own: their frames are not those of an observer without an element. */
const observed = new Set<Element>()

/**
 * Follows the messages of one embed. `root` contains its frame; without it, any frame of the document counts that is in
 * no other observed element, as for a service that opens a dialog of its own. Loads nothing and sends nothing.
 */
export function observeEmbed<Signal extends { readonly fact: string }>(
  root: Element | undefined,
  protocol: EmbedProtocol<Signal>,
  listener: EmbedListener<Signal>,
): () => void {
  const { trusts, read, events = [], silent } = protocol
  let loaded: Element | undefined
  let unload: (() => void) | undefined
  const load = (frame: Element | undefined) => {
    if (!frame || frame === loaded) return
    unload?.()
    loaded = frame
    unload = listener.loaded?.(frame)
  }
  const take = (signal: Signal, frame?: Element) => {
    if (signal.fact === 'ready') load(frame ?? root)
    else listener.signal(signal)
  }
  const onMessage = contained(({ data, origin, source }: MessageEvent) => {
    const reading = read(data)
    if (reading === undefined) return
    const ofPage = trusts === 'page'
    if (ofPage ? source !== window || origin !== window.location.origin : !trusts(origin))
      return listener.ignored('origin', origin)
    const frame = ofPage ? undefined : frameOf(root, source)
    if (!(ofPage || frame)) return
    if (reading === 'malformed') listener.ignored('malformed', origin)
    else take(reading, frame)
  })
  const onEvent = contained(({ type, detail }: Event & { readonly detail?: object }) => {
    const reading = read({ ...detail, type })
    if (reading === 'malformed') listener.ignored('malformed', window.location.origin)
    else if (reading) take(reading)
  })
  window.addEventListener('message', onMessage)
  for (const name of events) window.addEventListener(name, onEvent)
  if (root) observed.add(root)
  const unfollow = root && silent ? followFrame(root, load) : undefined
  return () => {
    unfollow?.()
    window.removeEventListener('message', onMessage)
    for (const name of events) window.removeEventListener(name, onEvent)
    if (root) observed.delete(root)
    unload?.()
  }
}

/** Calls `found` with the frame in an element, also when it comes later. */
function followFrame(root: Element, found: (frame: Element | undefined) => void): () => void {
  const look = () => found(root.querySelector('iframe') ?? undefined)
  const mutations = new MutationObserver(contained(look))
  mutations.observe(root, { childList: true, subtree: true })
  look()
  return () => mutations.disconnect()
}

/** Returns the frame that sent a message; undefined if it belongs to another embed or is not a frame of this document. */
function frameOf(root: Element | undefined, source: MessageEventSource | null): Element | undefined {
  const frames = (root ?? document).querySelectorAll('iframe')
  const frame = [...frames].find(({ contentWindow }) => contentWindow !== null && contentWindow === source)
  if (!frame || root) return frame
  return [...observed].some((other) => other.contains(frame)) ? undefined : frame
}
