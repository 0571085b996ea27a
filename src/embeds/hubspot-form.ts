import type { EmbeddedFormProtocol, FormSignal } from './form-signal.ts'
import { fieldsOf } from './protocol.ts'

const facts: Readonly<Record<string, FormSignal['fact']>> = {
  onFormSubmit: 'submit',
  onFormSubmitted: 'success',
  onFormFailedValidation: 'failure',
  'on-submission:success': 'success',
  'on-submission:failed': 'failure',
  'on-interaction:navigate': 'step',
}
const PREFIX = 'hs-form-event:'
const events = ['on-submission:success', 'on-submission:failed', 'on-interaction:navigate']

/** Options of `hubspotForm`. */
export interface HubspotFormOptions {
  /** Id of the form in HubSpot: several forms of a page report to the same window. */
  readonly formId: string
}

/**
 * Returns the adapter of a HubSpot form: `hsFormCallback` messages of legacy forms, and `hs-form-event:` events of forms
 * from the updated editor. The values that both carry are not read.
 *
 * @see https://developers.hubspot.com/docs/api-reference/latest/marketing/forms/global-form-events
 * @example
 * const { ref } = useEmbeddedForm({ name: 'contact', provider: hubspotForm({ formId }) })
 */
export function hubspotForm({ formId }: HubspotFormOptions): EmbeddedFormProtocol {
  return {
    provider: 'hubspot',
    trusts: 'page',
    events: events.map((name) => PREFIX + name),
    read(data) {
      const { type, eventName, id, formId: ofEvent } = fieldsOf(data)
      const name =
        type === 'hsFormCallback' ? eventName : String(type).startsWith(PREFIX) && String(type).slice(14)
      if (name === false) return undefined
      if (typeof name !== 'string') return 'malformed'
      if ((ofEvent ?? id) !== formId) return undefined
      const fact = facts[name]
      if (!fact) return undefined
      return name === 'onFormFailedValidation' ? { fact, errorCode: 'validation' } : { fact }
    },
  }
}
