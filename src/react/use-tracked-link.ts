'use client'

import type { MouseEvent, MouseEventHandler } from 'react'
import type { LinkFacts } from '../plan/facts.ts'
import { type LinkOptions, MAIN_BUTTON, MIDDLE_BUTTON, readLink } from '../triggers/links.ts'
import type { Report } from './report.ts'
import { reportClicks } from './report-clicks.ts'
import { type FactOptions, useFacts } from './use-facts.ts'

export interface TrackedLinkOptions extends LinkOptions, Partial<FactOptions> {
  /** Reported at every use, wherever the link leads. Without it, what the link is decides, by `events`. */
  readonly event?: string | undefined
  /** Named in the record. Default `Link`. */
  readonly component?: string
  /** Yours, called first. */
  readonly onClick?: MouseEventHandler<HTMLAnchorElement> | undefined
  readonly onAuxClick?: MouseEventHandler<HTMLAnchorElement> | undefined
  readonly onClickCapture?: MouseEventHandler<HTMLAnchorElement> | undefined
  readonly onAuxClickCapture?: MouseEventHandler<HTMLAnchorElement> | undefined
}

/** The capture handlers see a click that a child of the link stops on its way up. */
export interface TrackedLinkProps {
  readonly onClick: MouseEventHandler<HTMLAnchorElement>
  readonly onAuxClick: MouseEventHandler<HTMLAnchorElement>
  readonly onClickCapture: MouseEventHandler<HTMLAnchorElement>
  readonly onAuxClickCapture: MouseEventHandler<HTMLAnchorElement>
}

/** An internal link has no standard event: a click on each of them would be noise. */
export const standardLinkEvents: Readonly<Record<Exclude<keyof LinkFacts, 'internal'>, string>> = {
  outbound: 'click',
  download: 'file_download',
  phone: 'phone_clicked',
  mail: 'mail_clicked',
}

const noStandard = {}

/** Props for a link of your own: spread them on it. A default that the link's own handlers prevent counts: routers do. */
export function useTrackedLink(options: TrackedLinkOptions): TrackedLinkProps {
  return useReportedLink(options, readLink).handlers
}

/** The handlers, and what they report with. `read` tells what a link is: not needed, nor bundled, where `event` is given. */
export function useReportedLink(
  options: TrackedLinkOptions,
  read?: typeof readLink,
): {
  readonly handlers: TrackedLinkProps
  readonly report: Report
} {
  const { event, properties, component = 'Link', events, ownDomains } = options
  const report = useFacts(
    event === undefined ? standardLinkEvents : noStandard,
    event === undefined
      ? { component, events, properties }
      : { component, events: { click: event }, properties },
  )
  const use = (wanted: number) => (click: MouseEvent<HTMLAnchorElement> | undefined) => {
    if ((click?.button ?? wanted) !== wanted) return undefined
    if (event !== undefined) return { fact: 'click', payload: {} }
    return click?.currentTarget && read?.(click.currentTarget, { ownDomains })
  }
  const { onClick, onAuxClick, onClickCapture, onAuxClickCapture } = options
  const main = reportClicks(report, use(MAIN_BUTTON), { bubble: onClick, capture: onClickCapture })
  const middle = reportClicks(report, use(MIDDLE_BUTTON), { bubble: onAuxClick, capture: onAuxClickCapture })
  return {
    report,
    handlers: {
      onClick: main.bubble,
      onAuxClick: middle.bubble,
      onClickCapture: main.capture,
      onAuxClickCapture: middle.capture,
    },
  }
}
