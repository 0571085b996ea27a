import type { Surroundings } from '../platform/platform.ts'
import type { Device } from './types.ts'

/** The shorter side of the smallest tablets, CSS pixels: Android's own line (`sw600dp`); an iPad mini has 744. */
const TABLET_MIN = 600

/** By pointer and screen, not by name: what a visitor can do with the page. A tablet with a trackpad is a desktop. */
export function deviceOf(surroundings: Surroundings): Device {
  const { coarsePointer, screenMin, viewport, language, timeZone } = surroundings
  const touched = screenMin < TABLET_MIN ? 'mobile' : 'tablet'
  return { class: coarsePointer ? touched : 'desktop', viewport, language, timeZone }
}

// Googlebot, AdsBot, GPTBot, … but no Cubot, which is a telephone; then those that do not call themselves bots:
// Yahoo and Baidu, Google's audits, inspections and previews, WebPageTest, and browsers without a screen.
const BOTS =
  /(?:^|[^u])bot\b|crawl|spider|slurp|lighthouse|inspectiontool|googleother|mediapartners|bingpreview|web preview|pingdom|ptst\/|headless|phantomjs/i

/** Signs of a browser without a person in front of it: automated, or a crawler by its own name. */
export function isBot({ automated, userAgent }: Surroundings): boolean {
  return automated || BOTS.test(userAgent)
}
