import type { DeliveryState } from '../../engine/delivery/delivery.ts'
import type { Decision } from '../../engine/record/decision.ts'
import { DeliveryIcon } from '../parts/icons.tsx'
import { deliveryWords, isTrouble } from '../parts/words.ts'

/** Maximum badges; a number replaces the rest. */
const MOST = 4

/** State of a delivery beside its destination. Empty for the usual one. */
const stateWords: Readonly<Record<DeliveryState, string>> = {
  sent: '',
  held: 'held',
  queued: 'queued',
  retrying: 'retrying',
  rejected: 'lost',
  expired: 'lost',
  denied: 'denied',
  unknown: 'handed over',
}

/** Name and state of each delivery, failed ones first. */
export function DeliveryBadges({ deliveries }: Pick<Decision, 'deliveries'>) {
  const all = Object.entries(deliveries)
  if (all.length === 0) return null
  const sorted = all.sort(([, one], [, other]) => Number(isTrouble(other)) - Number(isTrouble(one)))
  const inWords = all.map(([name, { state }]) => `${name}: ${deliveryWords[state]}`).join('; ')
  return (
    <span role="img" className="badges" aria-label={inWords} title={inWords}>
      {sorted.slice(0, MOST).map(([name, { state }]) => (
        <span key={name} className="destination-badge" data-state={state}>
          <DeliveryIcon state={state} />
          <span className="to">{name}</span>
          {stateWords[state] && <span className="became"> {stateWords[state]}</span>}
        </span>
      ))}
      {all.length > MOST && <span>+{all.length - MOST}</span>}
    </span>
  )
}
