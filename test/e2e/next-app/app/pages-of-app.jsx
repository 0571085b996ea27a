'use client'

import { useParams, usePathname } from 'next/navigation'
import { routeTemplate, usePage } from 'react-microconversions'
import { flush } from '../tracking.jsx'

export function Pages() {
  usePage(routeTemplate(usePathname(), useParams()))
  if ('window' in globalThis) globalThis.flush = flush
  return null
}
