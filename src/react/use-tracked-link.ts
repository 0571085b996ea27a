'use client'

import type { MouseEvent, MouseEventHandler } from 'react'
import type { Properties } from '../engine/types.ts'
import { useEmit } from './context.ts'

export interface TrackedLinkOptions {
  readonly event: string
  readonly properties?: Properties | undefined
  /** Named in the record. Default `Link`. */
  readonly component?: string | undefined
  /** Yours, called first. */
  readonly onClick?: MouseEventHandler<HTMLAnchorElement> | undefined
  readonly onAuxClick?: MouseEventHandler<HTMLAnchorElement> | undefined
}

export interface TrackedLinkProps {
  readonly onClick: MouseEventHandler<HTMLAnchorElement>
  readonly onAuxClick: MouseEventHandler<HTMLAnchorElement>
}

const MAIN = 0
const MIDDLE = 1

/** Props for a link of your own: spread them on it. A prevented default counts too: routers prevent every good click. */
export function useTrackedLink(options: TrackedLinkOptions): TrackedLinkProps {
  const { event, properties, component = 'Link', onClick, onAuxClick } = options
  const emit = useEmit()
  /** Also when the handler breaks: the visitor has clicked. */
  const reportAfter =
    (handler: MouseEventHandler<HTMLAnchorElement> | undefined, button: number) =>
    (click: MouseEvent<HTMLAnchorElement>) => {
      try {
        handler?.(click)
      } finally {
        if (click.button === button) emit(event, properties, { component, fact: 'click' })
      }
    }
  return { onClick: reportAfter(onClick, MAIN), onAuxClick: reportAfter(onAuxClick, MIDDLE) }
}
