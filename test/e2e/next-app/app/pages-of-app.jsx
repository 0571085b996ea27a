'use client'

import { useParams, usePathname } from 'next/navigation'
import { usePage } from 'react-microconversions'
import { flush } from '../tracking.jsx'

export function Pages() {
  usePage({ pathname: usePathname(), params: useParams() })
  if ('window' in globalThis) globalThis.flush = flush
  return null
}
