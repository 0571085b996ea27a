import { type Duration, msOr, needsDurations } from '../support/duration.ts'
import { type SignalStates, unanswered } from './signals.ts'

/** Options of `consentModeDefault`. */
export interface ConsentModeDefaultOptions {
  /** States that differ from the default, which denies all signals but `security_storage`. */
  readonly signals?: SignalStates | undefined
  /**
   * Regions in which this default applies, as ISO 3166-2 codes (`'DE'`, `'US-CA'`). Google prefers the narrower of two
   * defaults. Default: everywhere.
   */
  readonly region?: readonly string[] | undefined
  /** How long Google's tags wait for the answer. Default `'500ms'`. */
  readonly waitForUpdate?: Duration | undefined
  /** True makes Google's tags leave out click ids while `ad_storage` is denied. Default: Google's default, false. */
  readonly adsDataRedaction?: boolean | undefined
  /** True makes Google's tags pass click ids on in links while storage is denied. Default: Google's default, false. */
  readonly urlPassthrough?: boolean | undefined
  /** Name of the data layer. Default `'dataLayer'`. */
  readonly dataLayerName?: string | undefined
}

/**
 * Returns the text of a script that sets the default of Google Consent Mode v2. Put it into the document's head, before
 * any Google tag. The text is safe inside a `<script>` element, and needs the nonce of your policy, if there is one.
 *
 * @example
 * <script nonce={nonce} dangerouslySetInnerHTML={{ __html: consentModeDefault() }} />
 */
export function consentModeDefault(options: ConsentModeDefaultOptions = {}): string {
  const { signals, region, waitForUpdate, dataLayerName = 'dataLayer' } = options
  if (process.env.NODE_ENV !== 'production') needsDurations('consentModeDefault', { waitForUpdate })
  const states = { ...unanswered, ...signals, region, wait_for_update: msOr(500, waitForUpdate) }
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
