import { createRoot } from 'react-dom/client'
import type { MountOverlay } from './create-devtools.tsx'
import { createOverlay, OverlayProvider } from './overlay-state.ts'
import { PageMarks } from './page/page-marks.tsx'
import { OverlayView } from './shell/overlay-view.tsx'
import { shield } from './shell/shield.ts'
import { controlStyles } from './styles/controls.ts'
import { frameStyles } from './styles/frame.ts'
import { networkStyles } from './styles/network.ts'
import { timelineStyles } from './styles/timeline.ts'
import { viewStyles } from './styles/views.ts'
import { whyStyles } from './styles/why.ts'

/** Puts the overlay at the end of the body. Returns an unmount. */
export const mountOverlay: MountOverlay = (tracker, { defaultOpen, position }) => {
  if (!('adoptedStyleSheets' in document)) {
    console.warn(
      'The microconversions overlay needs a browser with adoptedStyleSheets (Safari 16.4 or later).',
    )
    return () => {}
  }
  const host = document.createElement('rmc-devtools')
  host.setAttribute('data-rmc-devtools', '')
  // Autocapture of others leaves elements of this class alone.
  host.className = 'ph-no-capture'
  const shadow = host.attachShadow({ mode: 'open' })
  // No <style>: adopted sheets are the one kind that a strict policy allows without a nonce.
  shadow.adoptedStyleSheets = [
    frameStyles,
    controlStyles,
    timelineStyles,
    viewStyles,
    whyStyles,
    networkStyles,
  ].map((text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    return sheet
  })
  const container = document.createElement('div')
  shadow.append(container)
  const unshield = shield(host, shadow)
  document.body.append(host)

  const root = createRoot(container)
  root.render(
    <OverlayProvider value={createOverlay(tracker, defaultOpen)}>
      <PageMarks />
      <OverlayView position={position} />
    </OverlayProvider>,
  )
  return () => {
    host.remove()
    unshield()
    // Not in the app's commit: React refuses to unmount one root while it works on another.
    queueMicrotask(() => root.unmount())
  }
}
