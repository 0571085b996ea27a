import type { ConsentControl, ConsentSnapshot } from '../permission/consent-types.ts'
import type { RecordView } from './record-view.ts'

/** Calls the listener after each change of consent in the record. Returns an unsubscribe function. */
export function onConsent(
  get: ConsentControl['get'],
  record: Pick<RecordView, 'subscribe'>,
  listener: (snapshot: ConsentSnapshot) => void,
): () => void {
  let before = get()
  return record.subscribe(() => {
    const consent = get()
    if (consent === before) return
    before = consent
    listener(consent)
  })
}
