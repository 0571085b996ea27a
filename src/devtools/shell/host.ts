import type { StoreApi } from 'zustand/vanilla'
import type { OverlayState } from '../overlay-state.ts'
import { controlStyles } from '../styles/controls.ts'
import { frameStyles } from '../styles/frame.ts'
import { timelineStyles } from '../styles/timeline.ts'

/**
 * Attributes that exclude an element from capture and session recording: PostHog, rrweb, Sentry, Amplitude, Mixpanel,
 * Heap and FullStory by class, then Hotjar, Datadog, Clarity and LogRocket. The shield only stops events, and recorders
 * read nodes.
 */
const unrecorded = {
  class: 'ph-no-capture rr-block sentry-block amp-block mp-block mp-no-track heap-ignore fs-exclude',
  'data-hj-suppress': '',
  'data-dd-privacy': 'hidden',
  'data-clarity-mask': 'true',
  'data-private': '',
}

/** Creates the host element of the overlay, not yet in the document. Its style sheets belong to `owner` alone. */
export function createHost(owner: Document, state: StoreApi<OverlayState>) {
  const host = owner.createElement('rmc-devtools')
  host.setAttribute('data-rmc-devtools', '')
  for (const [name, value] of Object.entries(unrecorded)) host.setAttribute(name, value)
  const shadow = host.attachShadow({ mode: 'open' })
  const { CSSStyleSheet } = owner.defaultView as Window & typeof globalThis
  // Adopted sheets instead of a <style> element: only they work under a strict Content Security Policy without a nonce.
  shadow.adoptedStyleSheets = [frameStyles, controlStyles, timelineStyles].map((text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    return sheet
  })
  const container = owner.createElement('div')
  shadow.append(container)
  const paint = ({ theme }: OverlayState) => {
    host.dataset['theme'] = theme
  }
  paint(state.getState())
  return { host, container, forget: state.subscribe(paint) }
}
