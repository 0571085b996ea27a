import type { DeliveryRequest } from '../../engine/types.ts'
import { Prose } from '../parts/prose.tsx'
import { troubleOf } from './trouble.ts'

interface TroubleTextProps {
  readonly error?: string | undefined
  readonly request?: DeliveryRequest | undefined
}

/** What went wrong, and how to mend it. */
export function TroubleText(failure: TroubleTextProps) {
  const trouble = troubleOf({ ...failure, page: location.href, online: navigator.onLine })
  if (!trouble) return null
  return (
    <p className="trouble">
      <strong>{trouble.what}</strong> <Prose>{trouble.mend}</Prose>
    </p>
  )
}
