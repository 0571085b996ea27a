'use client'

import { useParams, usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { createTracker, MicroconversionProvider, usePage } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools'
import { plan } from './plan'

const tracker = createTracker({ plan })

export function Tracking({ children }: { children: ReactNode }) {
  return (
    <MicroconversionProvider tracker={tracker}>
      <Pages />
      {children}
      <MicroconversionDevtools />
    </MicroconversionProvider>
  )
}

function Pages() {
  usePage({ pathname: usePathname(), params: useParams() })
  return null
}
