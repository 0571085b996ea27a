import type { DeliveryRequest } from '../../engine/delivery/delivery.ts'
import { Prose } from '../parts/prose.tsx'
import { troubleOf } from './trouble.ts'

interface TroubleTextProps {
  readonly error?: string | undefined
  readonly request?: DeliveryRequest | undefined
  readonly lost: number
}

/** Describes a failed delivery and how to fix it. */
export function TroubleText(failure: TroubleTextProps) {
  const trouble = troubleOf({ ...failure, page: location.href, online: navigator.onLine })
  if (!trouble) return null
  return (
    <p className="trouble">
      <strong>{trouble.what}</strong> <Prose>{trouble.fix}</Prose>
    </p>
  )
}
