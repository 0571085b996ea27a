import type { StoreApi } from 'zustand/vanilla'
import type { OverlayState } from '../overlay-state.ts'
import { controlStyles } from '../styles/controls.ts'
import { frameStyles } from '../styles/frame.ts'
import { pageStyles } from '../styles/page.ts'
import { timelineStyles } from '../styles/timeline.ts'
import { viewStyles } from '../styles/views.ts'

/** The element that the overlay lives in, not in the document yet. Its style sheets belong to that document alone. */
export function createHost(owner: Document, state: StoreApi<OverlayState>) {
  const host = owner.createElement('rmc-devtools')
  host.setAttribute('data-rmc-devtools', '')
  // Autocapture of others leaves elements of this class alone.
  host.className = 'ph-no-capture'
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
  return { host, shadow, container, forget: state.subscribe(paint) }
}
