import type { Storage } from '../storage/storage.ts'
import type { Identity } from '../who/identity.ts'
import type { Admission } from './admission.ts'
import type { Hold } from './hold.ts'
import type { Occurrence } from './occurrence.ts'

interface EarlierOptions {
  readonly hold: Hold | undefined
  readonly admission: Pick<Admission, 'admit'>
  readonly identity: Pick<Identity, 'current'>
  readonly storage: Pick<Storage, 'isReady' | 'ready'>
}

/**
 * Admits occurrences that an earlier page of this tab has held. They wait until storage has provided user and session,
 * or this page is left.
 */
export function createEarlier({ hold, admission, identity, storage }: EarlierOptions) {
  let waiting: Occurrence[] = []
  function admit(): void {
    for (const occurrence of waiting.splice(0)) admission.admit(occurrence, identity.current())
  }
  return {
    begin(): void {
      waiting = hold?.takeEarlier() ?? []
      if (storage.isReady()) admit()
      else void storage.ready().then(admit)
    },
    admit,
  }
}
