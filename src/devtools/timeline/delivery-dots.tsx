import type { Decision } from '../../engine/types.ts'
import { DeliveryIcon } from '../parts/icons.tsx'
import { deliveryWords } from '../parts/words.ts'

/** More than these are a number. */
const MOST = 4

/** A shape for each destination: how its delivery stands. */
export function DeliveryDots({ deliveries }: Pick<Decision, 'deliveries'>) {
  const all = Object.entries(deliveries)
  if (all.length === 0) return null
  const inWords = all.map(([name, { state }]) => `${name} ${deliveryWords[state]}`).join('; ')
  return (
    <span role="img" className="dots" aria-label={inWords} title={inWords}>
      {all.slice(0, MOST).map(([name, { state }]) => (
        <span key={name} className="dot" data-state={state}>
          <DeliveryIcon state={state} />
        </span>
      ))}
      {all.length > MOST && <span>+{all.length - MOST}</span>}
    </span>
  )
}
