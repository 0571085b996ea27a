'use client'

import type { RefCallback } from 'react'
import { type LinkOptions, observeLinks } from '../triggers/links.ts'
import { type FactOptions, useFacts } from './use-facts.ts'
import { useLatest } from './use-latest.ts'
import { useObservedRef } from './use-observed-ref.ts'
import { standardLinkEvents } from './use-tracked-link.ts'

export interface ContentLinksOptions extends LinkOptions, Partial<FactOptions> {}

/** A ref for an element whose links are not written in JSX, such as rendered Markdown: what `TrackedLink` does, for each. */
export function useContentLinks(options: ContentLinksOptions = {}): RefCallback<Element> {
  const report = useFacts(standardLinkEvents, { component: 'ContentLinks', ...options })
  const latest = useLatest<LinkOptions>(options)
  return useObservedRef(report, (container) => observeLinks(container, () => latest.current, report.use))
}
