import { type SignalStates, unanswered } from './signals.ts'

export interface ConsentModeDefaultOptions {
  /** States that differ from the default: all denied, `security_storage` granted. */
  readonly signals?: SignalStates | undefined
  /** ISO 3166-2 codes (`'DE'`, `'US-CA'`). Default: everywhere. Google prefers the narrower of two defaults. */
  readonly region?: readonly string[] | undefined
  /** How long Google's tags wait for the answer. Default 500. */
  readonly waitForUpdateMs?: number | undefined
  /** Google's tags leave click ids out while `ad_storage` is denied. Default: as Google has it, false. */
  readonly adsDataRedaction?: boolean | undefined
  /** Google's tags carry click ids in links while storage is denied. Default: as Google has it, false. */
  readonly urlPassthrough?: boolean | undefined
  /** Default `'dataLayer'`. */
  readonly dataLayerName?: string | undefined
}

/**
 * The text of a script for the document's head, before any Google tag: the default of Consent Mode v2, at once.
 * Safe between `<script nonce={nonce}>` tags; the page gives the nonce.
 */
export function consentModeDefault(options: ConsentModeDefaultOptions = {}): string {
  const { signals, region, waitForUpdateMs = 500, dataLayerName = 'dataLayer' } = options
  const states = { ...unanswered, ...signals, region, wait_for_update: waitForUpdateMs }
  const settings = { ads_data_redaction: options.adsDataRedaction, url_passthrough: options.urlPassthrough }
  const layer = `window[${inline(dataLayerName)}]`
  const set = Object.entries(settings).flatMap(([name, value]) =>
    value === undefined ? [] : [`g('set',${inline(name)},${inline(value)})`],
  )
  const calls = [`g('consent','default',${inline(states)})`, ...set].join(';')
  return `(function(){function g(){(${layer}=${layer}||[]).push(arguments)}${calls}})();`
}

/** JSON that cannot end the script element around it. */
function inline(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c')
}
