import type { StoreApi } from 'zustand/vanilla'
import type { OverlayState } from '../overlay-state.ts'
import { controlStyles } from '../styles/controls.ts'
import { frameStyles } from '../styles/frame.ts'
import { pageStyles } from '../styles/page.ts'
import { timelineStyles } from '../styles/timeline.ts'
import { viewStyles } from '../styles/views.ts'

/**
 * By these, others tell what they neither capture nor record: PostHog, rrweb, Sentry, Amplitude, Mixpanel, Heap and
 * FullStory; then Hotjar, Datadog, Clarity and LogRocket. A recording is of nodes: the shield does not keep it out.
 */
const unrecorded = {
  class: 'ph-no-capture rr-block sentry-block amp-block mp-block mp-no-track heap-ignore fs-exclude',
  'data-hj-suppress': '',
  'data-dd-privacy': 'hidden',
  'data-clarity-mask': 'true',
  'data-private': '',
}

/** The element that the overlay lives in, not in the document yet. Its style sheets belong to that document alone. */
export function createHost(owner: Document, state: StoreApi<OverlayState>) {
  const host = owner.createElement('rmc-devtools')
  host.setAttribute('data-rmc-devtools', '')
  for (const [name, value] of Object.entries(unrecorded)) host.setAttribute(name, value)
  const shadow = host.attachShadow({ mode: 'open' })
  const { CSSStyleSheet } = owner.defaultView as Window & typeof globalThis
  // No <style>: adopted sheets are the one kind that a strict policy allows without a nonce.
  shadow.adoptedStyleSheets = [frameStyles, controlStyles, timelineStyles, viewStyles, pageStyles].map(
    (text) => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(text)
      return sheet
    },
  )
  const container = owner.createElement('div')
  shadow.append(container)
  const paint = ({ theme }: OverlayState) => {
    host.dataset['theme'] = theme
  }
  paint(state.getState())
  return { host, container, forget: state.subscribe(paint) }
}
