'use client'

import { forwardRef, type ReactElement } from 'react'
import type { Properties } from '../engine/types.ts'
import type { EventsOf, PropertiesField, RegisteredPlan } from '../plan/register.ts'
import { renderElement } from './render-element.ts'
import type { LinkOwnProps } from './tracked-link.tsx'
import { useInstrumentedRef } from './use-instrumented-ref.ts'
import { useReportedLink } from './use-tracked-link.ts'

export interface PricingLinkComponent<E = EventsOf<RegisteredPlan>> {
  <N extends keyof E & string>(props: LinkOwnProps & { event: N } & PropertiesField<E, N>): ReactElement
}

interface ErasedProps extends LinkOwnProps {
  readonly event: string
  readonly properties?: Properties | undefined
}

/**
 * An `<a>` that reports its use: by pointer, key, middle button or with a modifier, once each, also when a router
 * prevents the default. It never delays or prevents navigation.
 */
export const PricingLink = forwardRef<HTMLAnchorElement, ErasedProps>(function PricingLink(
  { event, properties, render, ...rest },
  ref,
) {
  const { handlers, report } = useReportedLink({ ...rest, component: 'PricingLink', event, properties })
  return renderElement('a', render, { ...rest, ...handlers, ref: useInstrumentedRef(report, ref) })
}) as unknown as PricingLinkComponent
