import { tcf } from 'react-microconversions/consent'
import { tracker } from './delivery.ts'

export const disconnect = tcf(tracker, {
  // Each category needs all of its purposes. These are the default.
  purposes: { analytics: [1, 8], marketing: [1, 3, 4, 7] },
})
