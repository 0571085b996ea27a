import type { LinkFact, LinkFacts } from '../plan/facts.ts'
import { scrub } from '../support/address.ts'
import { ask, own } from '../support/unclobbered.ts'
import { isLink, isOnControl, noteUse, type Use } from './clicks.ts'
import { contained } from './contained.ts'
import { pathOf } from './event-path.ts'

export interface LinkOptions {
  /** More domains of yours, each with its subdomains. Default: the document's own. */
  readonly ownDomains?: readonly string[] | undefined
}

export interface LinkReport {
  readonly fact: keyof LinkFacts
  /** `outbound:https://example.com/docs`; of a telephone or mail link `phone`, `mail`. */
  readonly factKey: string
  readonly payload: LinkFact
}

/** What GA4 takes for a file (https://support.google.com/analytics/answer/9216061). */
const FILE =
  /\.(pdf|xlsx?|docx?|txt|rtf|csv|exe|key|pp(?:s|t|tx)|7z|pkg|rar|gz|zip|avi|mov|mp4|mpe?g|wmv|midi?|mp3|wav|wma)$/i
const MAX_TEXT = 100

/** By pointer, key, program, with or without a modifier. */
export const MAIN_BUTTON = 0
/** Opens another tab; the right one opens only a menu. */
export const MIDDLE_BUTTON = 1

/** What a link is and where it leads; undefined for one that leads nowhere. */
export function readLink(link: Element, { ownDomains = [] }: LinkOptions = {}): LinkReport | undefined {
  const to = addressOf(link)
  const fact = to && kindOf(link, to, ownDomains)
  if (!fact) return undefined
  // Only a web address is told: the others are a number, a person, or contents themselves.
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
    link_text: (link.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, MAX_TEXT),
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
 * Reports the use of any link inside of `container`, also of one that comes later or is in an open shadow root. Listens in the
 * capture phase at the root of the tree, where no handler of React comes before. Prevents and delays nothing.
 *
 * @param use what a report is good for: who else may report the same click. Undefined: no event wants it.
 */
export function observeLinks(
  container: Element,
  options: () => LinkOptions,
  use: (found: LinkReport) => Omit<Use, 'watcher' | 'end'> | undefined,
): () => void {
  const onClick = contained((click: Event) => {
    const { type, button } = click as MouseEvent
    if (button !== (type === 'click' ? MAIN_BUTTON : MIDDLE_BUTTON)) return
    const path = pathOf(click)
    const link = path.slice(0, Math.max(path.indexOf(container), 0)).find(isLink)
    const found = link && readLink(link, options())
    const wanted = found && use(found)
    if (wanted) noteUse(click, { ...wanted, watcher: container, end: endOf(path, link, found) })
  })
  const tree = ask(container, 'getRootNode')
  const listen = (verb: 'addEventListener' | 'removeEventListener') => {
    for (const type of ['click', 'auxclick']) own(tree, verb).call(tree, type, onClick, true)
  }
  listen('addEventListener')
  return () => listen('removeEventListener')
}

/**
 * Where a click must arrive to count although its default is prevented, which routers do. React calls its handlers at its root,
 * so that only the window knows whether something inside of the link has taken the click. No router follows a link to
 * another site: if a control in it was clicked, that control has prevented the default.
 */
function endOf(path: readonly EventTarget[], link: Element, { fact }: LinkReport): EventTarget | undefined {
  if (path[0] === link) return link
  if (fact !== 'internal' && isOnControl(path, link)) return undefined
  return link.ownerDocument.defaultView ?? undefined
}

/** Of the attribute: in SVG, `href` is no string. */
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

/** One site: a domain and what is below or above it. Sisters are not, without a list of public suffixes. */
function isOwn(domain: string, link: Element, ownDomains: readonly string[]): boolean {
  const bare = (name: string) => name.toLowerCase().replace(/^www\./, '')
  const there = bare(domain)
  // A frame without an address has that of its base.
  const own = bare(link.ownerDocument.location?.hostname || new URL(link.baseURI).hostname)
  return (
    own.endsWith(`.${there}`) ||
    [own, ...ownDomains.map(bare)].some((ours) => there === ours || there.endsWith(`.${ours}`))
  )
}

function lastPart(path: string): string {
  const part = path.slice(path.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
