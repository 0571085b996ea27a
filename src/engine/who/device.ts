import type { Surroundings } from '../../platform/platform.ts'

/** Device of the user. */
export interface Device {
  readonly class: 'mobile' | 'tablet' | 'desktop'
  /** Size of the viewport in CSS pixels. */
  readonly viewport: { readonly width: number; readonly height: number }
  /** Preferred language, BCP 47. */
  readonly language: string
  /** Time zone, IANA. */
  readonly timeZone: string
}

/** Shorter side of the smallest tablets in CSS pixels: Android's own limit (`sw600dp`); an iPad mini has 744. */
const TABLET_MIN = 600

/**
 * Classifies the device by pointer and screen, not by name: what matters is what a user can do with the page. A tablet
 * with a trackpad is a desktop.
 */
export function deviceOf(surroundings: Surroundings): Device {
  const { coarsePointer, screenMin, viewport, language, timeZone } = surroundings
  const touched = screenMin < TABLET_MIN ? 'mobile' : 'tablet'
  return { class: coarsePointer ? touched : 'desktop', viewport, language, timeZone }
}

// Googlebot, AdsBot, GPTBot, … but not Cubot, which is a phone; then those that do not call themselves bots: Yahoo and
// Baidu, Google's audits, inspections and previews, WebPageTest, and browsers without a screen.
const BOTS =
  /(?:^|[^u])bot\b|crawl|spider|slurp|lighthouse|inspectiontool|googleother|mediapartners|bingpreview|web preview|pingdom|ptst\/|headless|phantomjs/i

/** Returns true if the browser seems to be automated, or is a crawler by its own name. */
export function isBot({ automated, userAgent }: Surroundings): boolean {
  return automated || BOTS.test(userAgent)
}
