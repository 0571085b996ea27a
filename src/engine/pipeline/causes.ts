import { createListeners } from '../../support/listeners.ts'
import type { Counted } from '../journey/journey-port.ts'

/** Notifies the journey of causes of other events. */
export function createCauses() {
  const counted = createListeners<[counted: Counted, waits: boolean]>()
  const discounted = createListeners<[number: number]>()
  return {
    /** Counts a cause. `waits`: it is held, and will be counted again or discounted. */
    count: (cause: Counted, waits = false): void => counted.tell(cause, waits),
    /** Takes back a cause that was counted while it was held or claiming. */
    discount: discounted.tell,
    onCounted: counted.add,
    onDiscounted: discounted.add,
  }
}

export type Causes = ReturnType<typeof createCauses>
