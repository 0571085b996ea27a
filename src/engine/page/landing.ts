import type { PageLocation } from '../../platform/platform.ts'
import { scrub } from '../../support/address.ts'
import { cut } from '../../support/cut.ts'
import { parametersOf } from '../../support/parameters.ts'
import { redactText } from '../personal-data/personal-data.ts'
import type { Campaign, Landing, ReferrerClass } from './landing-types.ts'

export interface LandingInput extends Pick<PageLocation, 'url' | 'referrer' | 'fromOwnPage'> {
  /** Query parameters that stay in addresses. Default: none. */
  readonly allowed?: readonly string[] | undefined
  /** True if values of click parameters are kept. Default false. */
  readonly clickIds?: boolean | undefined
}

const MAX_VALUE = 100
/** Longer click ids are left out, because a part of one is useless. */
const MAX_CLICK_ID = 500

const utm = [
  ['id', 'utm_id'],
  ['source', 'utm_source'],
  ['medium', 'utm_medium'],
  ['name', 'utm_campaign'],
  ['term', 'utm_term'],
  ['content', 'utm_content'],
] as const

/**
 * Matches click parameters of Google, Meta, Microsoft, TikTok, X, LinkedIn, Pinterest, Reddit, Snap, Yandex and Impact.
 */
const clicks =
  /^(?:gclid|gbraid|wbraid|dclid|fbclid|msclkid|ttclid|twclid|li_fat_id|epik|rdt_cid|sccid|yclid|irclickid)$/i

/** Returns how a session began: the page, where the user came from, and which campaign brought them. */
export function landingOf(input: LandingInput): Landing {
  const { url: href, referrer, fromOwnPage = false, allowed = [], clickIds = false } = input
  const url = redactText(scrub(href, allowed))
  return {
    url,
    path: url.replace(/^[a-z][\w+.-]*:\/\/[^/?]*/i, '').split('?', 1)[0] || '/',
    referrer: redactText(scrub(referrer, allowed)),
    referrerClass: !referrer && fromOwnPage ? 'internal' : classOf(referrer, hostOf(href)),
    campaign: campaignOf(href, clickIds),
  }
}

function campaignOf(href: string, clickIds: boolean): Campaign | undefined {
  const query = (href.split('#', 1)[0] as string).split(/\?(.*)/s)[1]
  if (!query) return undefined
  const parameters = parametersOf(query).filter(([, value]) => value)
  const named = utm.flatMap(([field, parameter]) => {
    const [, value] = parameters.find(([name]) => name.toLowerCase() === parameter) ?? []
    return value ? [[field, cut(redactText(value), MAX_VALUE)]] : []
  })
  const [click, clickId = ''] = parameters.find(([name]) => clicks.test(name)) ?? []
  if (!named.length && !click) return undefined
  return {
    ...Object.fromEntries(named),
    ...(click && { click: click.toLowerCase() }),
    ...(click && clickIds && clickId.length <= MAX_CLICK_ID && { clickId }),
  }
}

function hostOf(address: string): string {
  const [, host = ''] = /^[a-z][\w+.-]*:\/\/(?:[^/?#]*@)?([^/?#:]+)/i.exec(address) ?? []
  return host.toLowerCase().replace(/^www\./, '')
}

// The order matters: Gemini and Gmail are at Google, Copilot and Outlook at Microsoft. Android apps have names of their
// own.
const classes: readonly (readonly [ReferrerClass, RegExp])[] = [
  [
    'ai',
    /(?:^|\.)(?:chatgpt\.com|chat\.openai\.com|perplexity\.ai|claude\.ai|(?:gemini|bard)\.google\.com|copilot\.(?:microsoft\.com|cloud\.microsoft)|deepseek\.com|chat\.mistral\.ai|grok\.com|meta\.ai|you\.com|poe\.com)$/,
  ],
  [
    'mail',
    /^(?:(?:web)?mail|outlook)\.|(?:^|\.)(?:e\.mail\.ru|gmx\.\w+|fastmail\.com|hey\.com|com\.google\.android\.gm)$/,
  ],
  [
    'search',
    /^(?:m\.)?google\.(?:com?\.)?[a-z]{2,3}$|^(?:\w+\.)?search\.(?:yahoo|brave|naver|seznam|aol)\.[\w.]+$|(?:^|\.)(?:bing\.com|duckduckgo\.com|yandex\.\w+|ya\.ru|baidu\.com|ecosia\.org|qwant\.com|startpage\.com|kagi\.com|seznam\.cz|sogou\.com|ask\.com|com\.google\.android\.googlequicksearchbox)$/,
  ],
  [
    'social',
    /(?:^|\.)(?:facebook\.com|messenger\.com|instagram\.com|threads\.(?:net|com)|t\.co|twitter\.com|x\.com|linkedin\.com|lnkd\.in|reddit\.com|pinterest\.[\w.]+|pin\.it|tiktok\.com|youtube\.com|youtu\.be|snapchat\.com|bsky\.app|mastodon\.\w+|t\.me|telegram\.org|whatsapp\.com|discord\.com|tumblr\.com|quora\.com|xing\.com|vk\.com|weibo\.com|news\.ycombinator\.com|(?:com|org)\.(?:linkedin|facebook|instagram|reddit|pinterest|twitter|telegram)[\w.]*)$/,
  ],
]

function classOf(referrer: string, own: string): ReferrerClass {
  if (!referrer) return 'direct'
  const host = hostOf(referrer)
  // Subdomains of one domain are not recognised as one site: without the public suffix list, all of co.uk would be one
  // site.
  if (own && (host === own || host.endsWith(`.${own}`) || own.endsWith(`.${host}`))) return 'internal'
  return classes.find(([, hosts]) => hosts.test(host))?.[0] ?? 'other'
}
