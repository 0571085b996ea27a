import type { LinkFact, LinkFacts } from '../plan/facts.ts'
import { scrub } from '../support/address.ts'
import { cut } from '../support/cut.ts'
import { decoded } from '../support/decoded.ts'
import { ask, own } from '../support/unclobbered.ts'
import { isLink, isOnControl, noteUse, type Use } from './clicks.ts'
import { contained } from './contained.ts'
import { pathOf } from './event-path.ts'

/** Options for recognizing links. */
export interface LinkOptions {
  /** Domains of your own in addition to the document's, each including its subdomains. Default: none. */
  readonly ownDomains?: readonly string[] | undefined
}

export interface LinkReport {
  readonly fact: keyof LinkFacts
  /** Kind and URL: `outbound:https://example.com/docs`. For telephone and mail links only `phone` or `mail`. */
  readonly factKey: string
  readonly payload: LinkFact
}

/** File extensions that GA4 counts as downloads (https://support.google.com/analytics/answer/9216061). */
const FILE =
  /\.(pdf|xlsx?|docx?|txt|rtf|csv|exe|key|pp(?:s|t|tx)|7z|pkg|rar|gz|zip|avi|mov|mp4|mpe?g|wmv|midi?|mp3|wav|wma)$/i
const MAX_TEXT = 100

/** Button of a click by pointer, key or script, with or without a modifier key. */
export const MAIN_BUTTON = 0
/** Button that opens a link in a new tab. The right button only opens a menu. */
export const MIDDLE_BUTTON = 1

/** Returns the kind and the destination of a link; undefined for one that leads nowhere. */
export function readLink(link: Element, { ownDomains = [] }: LinkOptions = {}): LinkReport | undefined {
  const to = addressOf(link)
  const fact = to && kindOf(link, to, ownDomains)
  if (!fact) return undefined
  // Only web addresses are reported: the others contain a number, a person or the content itself.
  const url = isWeb(to) ? scrub(to.href) : ''
  const named = link.getAttribute('download') || (url && lastPart(url))
  const payload = {
    link_url: url,
    link_domain: url && to.hostname,
    link_id: link.id,
    link_classes: link.getAttribute('class') ?? '',
    outbound: url !== '' && !isOwn(to.hostname, link, ownDomains),
  }
  const file = {
    link_text: cut((link.textContent ?? '').replace(/\s+/g, ' ').trim(), MAX_TEXT),
    file_name: named,
    file_extension: /\.(\w{1,8})$/.exec(named)?.[1]?.toLowerCase() ?? '',
  }
  return {
    fact,
    factKey: url ? `${fact}:${url}` : fact,
    payload: fact === 'download' ? { ...payload, ...file } : payload,
  }
}

/**
 * Reports uses of any link inside `container`, including links that are added later or are in an open shadow root.
 * Listens in the capture phase at the root of the tree, before any React handler. It never prevents or delays anything.
 *
 * @param use what a report is good for: who else may report the same click. Undefined: no event wants it.
 */
export function observeLinks(
  container: Element,
  options: () => LinkOptions,
  use: (found: LinkReport) => Omit<Use, 'watcher'> | undefined,
): () => void {
  const onClick = contained((click: Event) => {
    const { type, button } = click as MouseEvent
    if (button !== (type === 'click' ? MAIN_BUTTON : MIDDLE_BUTTON)) return
    const path = pathOf(click)
    const link = path.slice(0, Math.max(path.indexOf(container), 0)).find(isLink)
    const found = link && readLink(link, options())
    const wanted = found && use(found)
    if (!wanted) return
    const end = endOf(path, link, found)
    const noted = noteUse(click, { ...wanted, watcher: container, isOnControl: !end })
    if (!noted || !end) return
    end.addEventListener(type, noted.report)
    setTimeout(() => end.removeEventListener(type, noted.report))
  })
  const tree = ask(container, 'getRootNode')
  const listen = (verb: 'addEventListener' | 'removeEventListener') => {
    for (const type of ['click', 'auxclick']) own(tree, verb).call(tree, type, onClick, true)
  }
  listen('addEventListener')
  return () => listen('removeEventListener')
}

/**
 * Returns the node that a click must reach in order to count although its default is prevented, as routers do. React
 * calls its handlers at its root, so only the window knows whether a control inside the link has handled the click. No
 * router follows a link to another site: if a control in such a link was clicked, that control prevented the default.
 */
function endOf(path: readonly EventTarget[], link: Element, { fact }: LinkReport): EventTarget | undefined {
  if (path[0] === link) return link
  if (fact !== 'internal' && isOnControl(path, link)) return undefined
  return link.ownerDocument.defaultView ?? undefined
}

/** Resolves the attribute, because in SVG the `href` property is not a string. */
function addressOf(link: Element): URL | undefined {
  const href = link.getAttribute('href') ?? link.getAttribute('xlink:href')
  try {
    return href === null ? undefined : new URL(href, link.baseURI)
  } catch {
    return undefined
  }
}

const isWeb = ({ protocol }: URL) => protocol === 'http:' || protocol === 'https:'

function kindOf(link: Element, to: URL, ownDomains: readonly string[]): keyof LinkFacts | undefined {
  if (to.protocol === 'tel:') return 'phone'
  if (to.protocol === 'mailto:') return 'mail'
  if (link.hasAttribute('download') || (isWeb(to) && FILE.test(to.pathname))) return 'download'
  if (!isWeb(to)) return undefined
  return isOwn(to.hostname, link, ownDomains) ? 'internal' : 'outbound'
}

/**
 * True for the same site: the domain itself, and its subdomains and parent domains. Sibling domains would need a list
 * of public suffixes.
 */
function isOwn(domain: string, link: Element, ownDomains: readonly string[]): boolean {
  const bare = (name: string) => name.toLowerCase().replace(/^www\./, '')
  const there = bare(domain)
  // A frame without a URL has that of its base.
  const own = bare(link.ownerDocument.location?.hostname || new URL(link.baseURI).hostname)
  return (
    own.endsWith(`.${there}`) ||
    [own, ...ownDomains.map(bare)].some((ours) => there === ours || there.endsWith(`.${ours}`))
  )
}

function lastPart(path: string): string {
  return decoded(path.slice(path.lastIndexOf('/') + 1))
}
